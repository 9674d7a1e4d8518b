// read_phones: reads lines "COUNTRY HEX" (a text's bytes), prints what normalise/phone.h makes of
// each: "E164 COUNTRY TYPE VALID", or "-". "--" stands for no country and no type.
#include <iostream>
#include <string>

#include <fmt/format.h>

#include "base/text.h"
#include "normalise/phone.h"

int main() {
  using namespace hustings;
  std::ios::sync_with_stdio(false);
  std::string line;
  std::string out;
  while (std::getline(std::cin, line)) {
    const auto blank = line.find(' ');
    const auto text = from_hex(std::string_view(line).substr(blank + 1));
    const auto phone = normalise::read_phone(text.value_or(""), line.substr(0, blank));
    if (!phone) {
      out += "-\n";
      continue;
    }
    const std::string_view country = normalise::country_text(phone->country);
    out += fmt::format("{} {} {} {}\n", phone->number, country.empty() ? "--" : country,
                       normalise::to_string(phone->type), phone->is_valid ? "valid" : "invalid");
  }
  std::cout << out;
  return 0;
}
