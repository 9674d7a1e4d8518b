#include "identity/gain.h"

namespace hustings::identity {

std::vector<double> addition_worths() {
  std::vector<double> out;
  for (const Addition& addition : kAdditions)
    out.push_back(addition.worth);
  return out;
}

}  // namespace hustings::identity
