import CKernels
import Platform

/// The inner loops for the processor this runs on; `EXPLAIN_KERNELS` may name slower ones, to compare them.
nonisolated(unsafe) let kernels = chosenKernels().pointee

private func chosenKernels() -> UnsafePointer<KernelSet> {
  switch environment("EXPLAIN_KERNELS") {
  case "portable": portableKernels()
  case "avx2": avx2Kernels() ?? portableKernels()
  default: avx512Kernels() ?? avx2Kernels() ?? portableKernels()
  }
}
