#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "linkage/linkage.h"

namespace hustings::identity {

/// Why a pair is taken for one person, most telling first, what says nothing left out; at the end
/// how rare matches are among all pairs, so that the bits add up to the odds.
std::vector<linkage::Evidence> evidence_of(const linkage::Model& model,
                                           const linkage::Match& match);

/// As match_candidate.bits keeps it: [{"field":"first name","level":"exact","bits":7.1}, …].
std::string to_json(const std::vector<linkage::Evidence>& evidence);
std::vector<linkage::Evidence> evidence_from(std::string_view json);

/// As a link keeps it: {"first_name": 7.1, …}.
std::string to_link_json(const std::vector<linkage::Evidence>& evidence);

}  // namespace hustings::identity
