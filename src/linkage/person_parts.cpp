#include "linkage/person_parts.h"

namespace hustings::linkage {

Generation generation_of(normalise::Generation read) {
  using Read = normalise::Generation;
  switch (read) {
    case Read::jr:
      return Generation::junior;
    case Read::sr:
    case Read::first:
      return Generation::senior;
    case Read::second:
      return Generation::second;
    case Read::third:
      return Generation::third;
    case Read::fourth:
      return Generation::fourth;
    case Read::fifth:
    case Read::sixth:
      return Generation::fifth;
    case Read::none:
      break;
  }
  return Generation::none;
}

Sex sex_of(std::string_view text) {
  if (text.empty()) return Sex::unknown;
  switch (text.front()) {
    case 'F':
    case 'f':
    case 'W':
    case 'w':
      return Sex::female;
    case 'M':
    case 'm':
      return Sex::male;
    case 'X':
    case 'x':
    case 'O':
    case 'o':
      return Sex::other;
    default:
      return Sex::unknown;
  }
}

void street_to(const normalise::Address& address, std::string& out) {
  out.clear();
  for (const std::string* part : {&address.pre_directional, &address.street, &address.street_type,
                                  &address.post_directional}) {
    if (part->empty()) continue;
    if (!out.empty()) out += ' ';
    out += *part;
  }
  if (!out.empty() || address.box.empty()) return;
  out = "PO BOX";
  if (!address.route.empty()) out += ' ' + address.route;
}

std::string_view house_of(const normalise::Address& address) {
  return address.house.empty() ? address.box : address.house;
}

}  // namespace hustings::linkage
