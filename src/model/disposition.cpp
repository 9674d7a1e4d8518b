#include "model/disposition.h"

#include <algorithm>
#include <array>

#include "base/error.h"

namespace hustings {

namespace {

struct Row {
  Disposition disposition;
  std::string_view name;
  DispositionEffect effect;
};

constexpr DispositionEffect kDone{.ends_target = true, .spoken = true};

constexpr std::array kRows{
    Row{Disposition::reached, "reached", kDone},
    Row{Disposition::no_answer, "no_answer", {}},
    Row{Disposition::busy, "busy", {.retry = Retry::soon}},
    Row{Disposition::left_message, "left_message", {.retry = Retry::next_day}},
    Row{Disposition::wrong_number,
        "wrong_number",
        {.ends_target = true, .bars = Bars::number, .spoken = true}},
    Row{Disposition::disconnected, "disconnected", {.ends_target = true, .bars = Bars::number}},
    Row{Disposition::refused, "refused", kDone},
    Row{Disposition::do_not_call,
        "do_not_call",
        {.ends_target = true, .bars = Bars::number, .spoken = true}},
    Row{Disposition::deceased,
        "deceased",
        {.ends_target = true, .bars = Bars::voter, .spoken = true}},
    Row{Disposition::moved, "moved", {.ends_target = true, .bars = Bars::voter, .spoken = true}},
    Row{Disposition::language, "language", kDone},
    Row{Disposition::callback, "callback", {.retry = Retry::promised, .spoken = true}},
    Row{Disposition::voted_already, "voted_already", kDone},
    Row{Disposition::not_home, "not_home", {.spoken = true}},
};

constexpr auto kAll = [] {
  std::array<Disposition, kRows.size()> all{};
  std::ranges::transform(kRows, all.begin(), &Row::disposition);
  return all;
}();

const Row& row_of(Disposition disposition) {
  const auto row = std::ranges::find(kRows, disposition, &Row::disposition);
  CHECK(row != kRows.end());
  return *row;
}

}  // namespace

std::string_view to_string(Disposition disposition) { return row_of(disposition).name; }

std::optional<Disposition> disposition_from(std::string_view text) {
  const auto row = std::ranges::find(kRows, text, &Row::name);
  return row == kRows.end() ? std::nullopt : std::optional(row->disposition);
}

std::span<const Disposition> all_dispositions() { return kAll; }

DispositionEffect effect_of(Disposition disposition) { return row_of(disposition).effect; }

}  // namespace hustings
