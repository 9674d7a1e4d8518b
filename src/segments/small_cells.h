#pragma once

#include <cstdint>
#include <span>
#include <vector>

/// What of a table is kept from roles that must not see individuals.
namespace hustings::segments {

/// Which cells of a table whose sum is known are not to be shown: those above 0 and below `least`,
/// those that `hidden` names already, and so many more, the smallest first, that what is hidden is
/// at least two cells and at least `least` voters together, or all. Then no hidden cell follows
/// from the sum less the shown ones (complementary suppression: Cox 1980, JASA 75, 377-385).
/// Cells of 0 are shown: nobody is in them. `hidden` is empty or of the size of `counts`.
std::vector<bool> hidden_cells(std::span<const std::uint64_t> counts, std::uint64_t least,
                               std::vector<bool> hidden = {});

/// The same for a part of a whole, both of which would be shown: true if the part must not be,
/// because it or the rest is small.
bool is_hidden_part(std::uint64_t part, std::uint64_t whole, std::uint64_t least);

}  // namespace hustings::segments
