#include "normalise/address.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace hustings::normalise {
namespace {

struct Writing {
  std::string one;
  std::string other;
};

Writing either(std::initializer_list<Writing> list) {
  return *rc::gen::elementOf(std::vector<Writing>(list));
}

/// The same address twice, each part in a writing of its own.
struct TwoWritings {
  std::string one;
  std::string other;
  void add(const Writing& part) {
    one += part.one + ' ';
    other += part.other + "  ";
  }
};

TwoWritings any_address() {
  TwoWritings text;
  const std::string house = std::to_string(*rc::gen::inRange(1, 99999));
  text.add({house, "0" + house});
  text.add(either({{"", ""}, {"N", "North"}, {"SW", "South West"}, {"E", "E."}}));
  text.add(either({{"MAIN", "Main"},
                   {"CEDAR CRK", "Cedar Creek"},
                   {"52ND", "Fifty-Second"},
                   {"MT VERNON", "Mount Vernon"},
                   {"O'BRIEN", "Obrien"},
                   {"1ST", "first"}}));
  text.add(either({{"ST", "Street"}, {"BLVD", "Boulevard"}, {"LN", "lane"}, {"XING", "Crossing"}}));
  text.add(either({{"", ""}, {"NE", "N.E."}, {"S", "south"}}));
  text.add(
      either({{"", ""}, {"APT 4B", "#4-b"}, {"UNIT 12", ", Apartment 012"}, {"REAR", "rear"}}));
  return text;
}

RC_GTEST_PROP(Address, HasOneKeyUnderSpellingVariants, ()) {
  const TwoWritings text = any_address();
  RC_ASSERT(address_key(parse_address(text.one)) == address_key(parse_address(text.other)));
}

RC_GTEST_PROP(Address, ItsTextIsReadAsItself, ()) {
  const Address address = parse_address(any_address().other);
  RC_ASSERT(parse_address(address_text(address)) == address);
}

std::string any_text() {
  const auto piece = rc::gen::oneOf(
      rc::gen::string<std::string>(),
      rc::gen::element<std::string>("N", "ST", "AVE", "APT", "#", "12", "1/2", "52ND", "BOX", "PO",
                                    "RR", "HWY", "US", "FL", "UNIT", "A", "-", ".", "½", "OLD",
                                    "FIFTY", "SECOND", "HC", "REAR", "NORTH", "FLOOR"));
  const auto pieces = *rc::gen::container<std::vector<std::string>>(piece);
  std::string text;
  for (const std::string& one : pieces)
    text += one + (*rc::gen::inRange(0, 4) == 0 ? "" : " ");
  return text;
}

RC_GTEST_PROP(Address, AnyBytesAreRead, ()) {
  const std::string line = any_text();
  const std::string second = any_text();
  const Address address = parse_address(line, second);
  RC_ASSERT((address.kind == AddressKind::none) == address_key(address).empty());
  // The parts are plain, whatever the bytes were.
  const std::string text = address_text(address);
  RC_ASSERT(text.find_first_not_of(" #/.-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") ==
            std::string::npos);
}

RC_GTEST_PROP(Address, LettersAndBlanksDoNotMatter, ()) {
  const std::string line = any_text();
  std::string other;
  for (const char c : line) {
    other += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    if (c == ' ') other += "  ";
  }
  RC_ASSERT(parse_address(line) == parse_address(other));
}

RC_GTEST_PROP(Address, ReusedBuffersKeepNothing, ()) {
  Address reused = parse_address("1 1/2 N MAIN ST NW BLDG 3 FL 2 APT 4");
  const std::string line = any_text();
  parse_address_to(line, "", reused);
  RC_ASSERT(reused == parse_address(line));
}

RC_GTEST_PROP(Zip, ItsTextIsReadAsItself, ()) {
  Zip zip;
  const std::string five = std::to_string(100'000 + *rc::gen::inRange(0, 100'000)).substr(1);
  const std::string four = std::to_string(10'000 + *rc::gen::inRange(0, 10'000)).substr(1);
  if (!parse_zip_to(five + four, zip)) return;
  Zip again;
  RC_ASSERT(parse_zip_to(zip_text(zip), again));
  RC_ASSERT(again == zip);
}

}  // namespace
}  // namespace hustings::normalise
