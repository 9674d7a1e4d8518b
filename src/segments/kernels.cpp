#include "segments/kernels.h"

namespace hustings::segments {

namespace kernels_for {
extern const Kernels kPortable;
extern const Kernels kAvx2;
extern const Kernels kAvx512;
}  // namespace kernels_for

const Kernels* kernels_of(VectorPath path) {
  switch (path) {
    case VectorPath::portable:
      return &kernels_for::kPortable;
    case VectorPath::avx2:
      return __builtin_cpu_supports("x86-64-v3") ? &kernels_for::kAvx2 : nullptr;
    case VectorPath::avx512:
      return __builtin_cpu_supports("x86-64-v4") && __builtin_cpu_supports("avx512vbmi") &&
                     __builtin_cpu_supports("avx512vnni") &&
                     __builtin_cpu_supports("avx512bitalg") &&
                     __builtin_cpu_supports("avx512vpopcntdq")
                 ? &kernels_for::kAvx512
                 : nullptr;
  }
  return nullptr;
}

const Kernels& best_kernels() {
  for (const VectorPath path : {VectorPath::avx512, VectorPath::avx2}) {
    if (const Kernels* kernels = kernels_of(path)) return *kernels;
  }
  return kernels_for::kPortable;
}

}  // namespace hustings::segments
