import CKernels

/// The inner loops for the processor this runs on.
nonisolated(unsafe) let kernels = (avx512Kernels() ?? avx2Kernels() ?? portableKernels())
  .pointee
