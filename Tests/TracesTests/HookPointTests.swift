import Files
import TestSupport
import Tensors
import Testing
import Traces

@Suite struct HookPointTests {
  @Test func `the names are those of the reference, which TransformerLens checked`() throws {
    let reference = try SafetensorsFile(contentsOf: "\(Fixtures.tinyGPT2)/reference-0.safetensors")
    #expect(Set(HookPoint.all(layerCount: 3).map(\.name)) == Set(reference.entries.map(\.name)))
  }

  @Test func `the axes are those of the reference`() throws {
    let reference = try SafetensorsFile(contentsOf: "\(Fixtures.tinyGPT2)/reference-1.safetensors")
    let lengths: [HookPoint.Axis: Int] = [
      .position: 13, .query: 13, .key: 13, .head: 3, .keyValueHead: 3, .dModel: 48, .dHead: 16,
      .dMLP: 192,
      .dVocab: 487, .one: 1,
    ]
    for hook in HookPoint.all(layerCount: 3) {
      let entry = try #require(reference.entry(named: hook.name))
      #expect(hook.axes.map { lengths[$0] } == entry.shape, "\(hook.name)")
    }
  }

  @Test func `no name stands twice`() {
    let names = HookPoint.all(layerCount: 4).map(\.name)
    #expect(Set(names).count == names.count)
  }
}
