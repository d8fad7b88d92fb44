import Embeddings
import Tensors
import Testing

@Suite struct SpaceSliceTests {
  @Test func `without directions the axes are the principal components`() {
    let cloud = points(9, 4)
    let slice = SpaceSlice(of: cloud, axes: 3)
    let components = PrincipalComponents(of: cloud, axes: 3)
    #expect(slice.axes.count == 3)
    for axis in 0..<3 {
      #expect(abs(slice.axes[axis].share - components.shares[axis]) < 1e-6)
      #expect(slice.axes[axis].given == nil)
    }
    for (a, b) in zip(slice.coordinates.values, components.coordinates.values) {
      #expect(abs(a - b) < 1e-5)
    }
  }

  @Test func `axes have length 1 and are perpendicular`() {
    let cloud = points(40, 9)
    let directions = [cloud.slice(3) - cloud.slice(5), cloud.slice(3)]
    let slice = SpaceSlice(of: cloud, axes: 4, along: directions)
    #expect(slice.axes.map(\.given) == [0, 1, nil, nil])
    for (i, a) in slice.axes.enumerated() {
      for (j, b) in slice.axes.enumerated() {
        #expect(abs(dot(a.direction, b.direction) - (i == j ? 1 : 0)) < 1e-5)
      }
    }
    #expect(slice.axes.map(\.share).reduce(0, +) <= 1 + 1e-9)
  }

  @Test func `a named axis keeps what lies along its direction`() {
    // Along (3, 4), scaled to length 1, these stand at 0, 5 and 10 from the first.
    let cloud = Tensor(shape: [3, 2], values: [0, 0, 3, 4, 6, 8])
    let direction = Tensor(shape: [2], values: [30, 40])
    let slice = SpaceSlice(of: cloud, axes: 2, along: [direction])
    #expect(slice.axes.count == 1)
    #expect(abs(slice.axes[0].share - 1) < 1e-9)
    for (value, expected) in zip(slice.coordinates.values, [-5, 0, 5] as [Float]) {
      #expect(abs(value - expected) < 1e-5)
    }
  }

  @Test func `a direction that is not perpendicular is turned, one along the others passed over`() {
    let cloud = points(6, 3)
    let x = Tensor(shape: [3], values: [1, 0, 0])
    let diagonal = Tensor(shape: [3], values: [1, 1, 0])
    let slice = SpaceSlice(of: cloud, axes: 3, along: [x, x.map { $0 * 5 }, diagonal])
    #expect(slice.axes.map(\.given) == [0, 2, nil])
    #expect(abs(slice.axes[1].turned - 45) < 1e-3 && slice.axes[0].turned == 0)
    #expect(slice.axes[1].direction.values.map { abs($0).rounded() } == [0, 1, 0])
  }

  @Test func `other axes may be those of another cloud`() {
    let cloud = points(30, 5)
    let few = cloud.rows([0, 1, 2])
    let slice = SpaceSlice(of: few, axes: 2, varyingIn: cloud)
    let whole = PrincipalComponents(of: cloud, axes: 2)
    for axis in 0..<2 {
      #expect(abs(dot(slice.axes[axis].direction, whole.directions.slice(axis)) - 1) < 1e-5)
    }
  }

  @Test func `many points have the components that few of them repeated have`() {
    // More than a block of points, so that several sums are added up.
    let few = points(60, 5)
    let many = few.rows((0..<30_000).map { $0 % 60 })
    let (a, b) = (PrincipalComponents(of: few, axes: 3), PrincipalComponents(of: many, axes: 3))
    for axis in 0..<3 {
      #expect(abs(a.shares[axis] - b.shares[axis]) < 1e-9)
      #expect(abs(dot(a.directions.slice(axis), b.directions.slice(axis)) - 1) < 1e-5)
    }
  }
}
