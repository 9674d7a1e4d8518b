#define HUSTINGS_KERNELS_PATH avx2
#include "segments/detail/kernels_body.h"

namespace hustings::segments::kernels_for {

extern const Kernels kAvx2;
constinit const Kernels kAvx2 = avx2::table(VectorPath::avx2, "avx2");

}  // namespace hustings::segments::kernels_for
