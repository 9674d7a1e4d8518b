#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "base/rng.h"
#include "normalise/address.h"
#include "normalise/district.h"
#include "normalise/email.h"
#include "normalise/nickname.h"
#include "normalise/partial_date.h"
#include "normalise/person_name.h"
#include "normalise/phone.h"
#include "normalise/phonetic.h"

// Rows a second of each function on one thread, over 4,096 synthetic values as files have them.
namespace hustings::normalise {
namespace {

constexpr std::size_t kRows = 4096;

using Words = std::vector<std::string>;

Words made(const std::function<std::string(Rng&)>& make) {
  Rng rng(1);
  Words rows;
  for (std::size_t i = 0; i < kRows; ++i)
    rows.push_back(make(rng));
  return rows;
}

std::string one_of(Rng& rng, const Words& words) { return words[rng.below(words.size())]; }

std::string digits(Rng& rng, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i)
    text += static_cast<char>('0' + rng.below(10));
  return text;
}

const Words kFirst = {"JAMES", "MARY ANN", "ROBERT", "LINDA", "MICHAEL", "J0HN", "WILLIAM (BILL)"};
const Words kLast = {"SMITH",       "O'NEAL",   "DE LA CRUZ", "JOHNSON",
                     "SMITH-JONES", "BROWN JR", "MILLER"};
const Words kStreets = {"MAIN ST",        "N  OAK #RD", "SW 52Nd Ave",
                        "CEDAR CREEK RD", "US HWY 64",  "PARK PL"};

template <class Run>
void each_row(benchmark::State& state, const Words& rows, const Run& run) {
  std::size_t i = 0;
  for (auto _ : state) {
    run(rows[i]);
    i = i + 1 == rows.size() ? 0 : i + 1;
  }
  state.SetItemsProcessed(state.iterations());
}

void person_name(benchmark::State& state) {
  const Words first = made([](Rng& rng) { return one_of(rng, kFirst); });
  NameForm form;
  std::size_t i = 0;
  for (auto _ : state) {
    name_form_to({first[i & (kRows - 1)], "NMN", kLast[i % kLast.size()], ""}, form);
    benchmark::DoNotOptimize(form.last.data());
    ++i;
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(person_name);

void person_name_with_accents(benchmark::State& state) {
  NameForm form;
  each_row(state, {"José", "Zoë", "Renée"}, [&](const std::string& first) {
    name_form_to({first, "", "Nuñez", ""}, form);
    benchmark::DoNotOptimize(form.last.data());
  });
}
BENCHMARK(person_name_with_accents);

void full_name(benchmark::State& state) {
  const Words rows = made([](Rng& rng) {
    return rng.chance(0.5) ? one_of(rng, kLast) + ", " + one_of(rng, kFirst) + " Q"
                           : one_of(rng, kFirst) + " Q. " + one_of(rng, kLast) + " Jr.";
  });
  each_row(state, rows,
           [](const std::string& row) { benchmark::DoNotOptimize(parse_full_name(row)); });
}
BENCHMARK(full_name);

void canonical_first_name_of(benchmark::State& state) {
  each_row(state, {"BILL", "JOHN", "LIZ", "ZXQV", "KATHRYN"}, [](const std::string& row) {
    benchmark::DoNotOptimize(canonical_first_name(std::string_view(row)));
  });
}
BENCHMARK(canonical_first_name_of);

void soundex_of(benchmark::State& state) {
  each_row(state, {"SMITH", "WASHINGTON", "ONEAL", "DELACRUZ"},
           [](const std::string& row) { benchmark::DoNotOptimize(soundex(row)); });
}
BENCHMARK(soundex_of);

void nysiis_of(benchmark::State& state) {
  each_row(state, {"SMITH", "WASHINGTON", "ONEAL", "DELACRUZ"},
           [](const std::string& row) { benchmark::DoNotOptimize(nysiis(row)); });
}
BENCHMARK(nysiis_of);

Words addresses() {
  return made([](Rng& rng) {
    std::string row = std::to_string(1 + rng.below(9999)) + "  " + one_of(rng, kStreets);
    if (rng.chance(0.2)) row += " APT " + std::to_string(rng.below(50));
    return row;
  });
}

void address(benchmark::State& state) {
  Address out;
  each_row(state, addresses(), [&](const std::string& row) {
    parse_address_to(row, "", out);
    benchmark::DoNotOptimize(out.street.data());
  });
}
BENCHMARK(address);

void address_with_key(benchmark::State& state) {
  Address out;
  std::string key;
  each_row(state, addresses(), [&](const std::string& row) {
    parse_address_to(row, "", out);
    address_key_to(out, key);
    benchmark::DoNotOptimize(key.data());
  });
}
BENCHMARK(address_with_key);

void zip(benchmark::State& state) {
  const Words rows = made([](Rng& rng) { return "2" + digits(rng, rng.chance(0.5) ? 4 : 8); });
  each_row(state, rows, [](const std::string& row) {
    Zip out;
    benchmark::DoNotOptimize(parse_zip_to(row, out));
  });
}
BENCHMARK(zip);

void phone_short_way(benchmark::State& state) {
  const Words rows = made([](Rng& rng) { return "919" + digits(rng, 7); });
  each_row(state, rows, [](const std::string& row) { benchmark::DoNotOptimize(parse_phone(row)); });
}
BENCHMARK(phone_short_way);

void phone_of_america(benchmark::State& state) {
  const Words rows =
      made([](Rng& rng) { return "(919) " + digits(rng, 3) + "-" + digits(rng, 4); });
  each_row(state, rows, [](const std::string& row) { benchmark::DoNotOptimize(read_phone(row)); });
}
BENCHMARK(phone_of_america);

void phone_of_the_world(benchmark::State& state) {
  const Words codes = {"+44 20 ", "+49 30 ", "+33 1 ", "+52 55 ", "+91 98 "};
  const Words rows = made([&](Rng& rng) { return one_of(rng, codes) + digits(rng, 8); });
  each_row(state, rows, [](const std::string& row) { benchmark::DoNotOptimize(read_phone(row)); });
}
BENCHMARK(phone_of_the_world);

void email(benchmark::State& state) {
  const Words rows = made([](Rng& rng) {
    return one_of(rng, {"ann.lee", "BOB", "c+vote"}) + digits(rng, 3) + "@Mail.example-post.org";
  });
  std::string out;
  each_row(state, rows,
           [&](const std::string& row) { benchmark::DoNotOptimize(normalise_email_to(row, out)); });
}
BENCHMARK(email);

void date(benchmark::State& state) {
  constexpr std::chrono::year_month_day kToday =
      std::chrono::year(2026) / std::chrono::month(11) / std::chrono::day(3);
  const Words rows = made([](Rng& rng) {
    return std::to_string(1 + rng.below(12)) + "/" + std::to_string(1 + rng.below(28)) + "/19" +
           std::to_string(30 + rng.below(70));
  });
  each_row(state, rows, [&](const std::string& row) {
    benchmark::DoNotOptimize(read_date(row, DateFormat::mdy, kToday));
  });
}
BENCHMARK(date);

void district(benchmark::State& state) {
  std::string out;
  each_row(state, {"02", "NC HOUSE 034", "2ND CONGRESSIONAL"}, [&](const std::string& row) {
    ocd_division_to({.state = "NC"}, DistrictKind::congressional, row, out);
    benchmark::DoNotOptimize(out.data());
  });
}
BENCHMARK(district);

}  // namespace
}  // namespace hustings::normalise

BENCHMARK_MAIN();
