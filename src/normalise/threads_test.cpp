// Every function may be called from several threads at once: the same rows in each, the same forms.
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "normalise/address.h"
#include "normalise/district.h"
#include "normalise/email.h"
#include "normalise/nickname.h"
#include "normalise/partial_date.h"
#include "normalise/person_name.h"
#include "normalise/phone.h"

namespace hustings::normalise {
namespace {

std::string all_forms() {
  constexpr std::chrono::year_month_day kToday =
      std::chrono::year(2026) / std::chrono::month(11) / std::chrono::day(3);
  std::string forms;
  for (int i = 0; i < 300; ++i) {
    const std::string number = std::to_string(i);
    const NameForm name = name_form({"Zoë \"Bill\"", "Ж" + number, "Muñoz Jr", ""});
    forms += name.first + name.middle + name.last;
    forms += canonical_first_name(std::string_view(name.nickname));
    forms += address_key(parse_address(number + " Señor Street", "Apt " + number));
    if (const auto phone = read_phone("+44 20 7946 0" + number)) forms += phone_e164(phone->number);
    std::string email;
    normalise_email_to("Jörg" + number + "@Mail.org", email);
    forms += email;
    forms += partial_date_text(read_date("6/2/" + number, DateFormat::any, kToday).date);
    forms += ocd_division({.state = "Ohio"}, DistrictKind::congressional, number);
  }
  return forms;
}

TEST(Normalise, SeveralThreadsAtOnce) {
  std::vector<std::string> forms(4);
  {
    std::vector<std::jthread> threads;
    threads.reserve(forms.size());
    for (std::string& one : forms)
      threads.emplace_back([&one] { one = all_forms(); });
  }
  EXPECT_GT(forms[0].size(), 10'000U);
  for (const std::string& one : forms)
    EXPECT_EQ(one, forms[0]);
}

}  // namespace
}  // namespace hustings::normalise
