#define HUSTINGS_KERNELS_PATH avx512
#include "segments/detail/kernels_body.h"

namespace hustings::segments::kernels_for {

extern const Kernels kAvx512;
constinit const Kernels kAvx512 = avx512::table(VectorPath::avx512, "avx512");

}  // namespace hustings::segments::kernels_for
