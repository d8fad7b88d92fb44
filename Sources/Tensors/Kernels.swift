import CKernels

/// The inner loops for the processor this runs on.
nonisolated(unsafe) let kernels = (avx2Kernels() ?? portableKernels()).pointee
