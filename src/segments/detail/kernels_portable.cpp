#define HUSTINGS_KERNELS_PATH portable
#include "segments/detail/kernels_body.h"

namespace hustings::segments::kernels_for {

extern const Kernels kPortable;
constinit const Kernels kPortable = portable::table(VectorPath::portable, "portable");

}  // namespace hustings::segments::kernels_for
