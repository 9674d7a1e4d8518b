#include "phonebank/dispositions.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "feed/feed.h"
#include "phonebank/sql.h"

namespace hustings::phonebank {

namespace {

constexpr std::size_t kKeyMax = 40;
constexpr std::size_t kTitleMax = 60;
constexpr int kVanCodeMax = 1'000'000;

bool is_key(std::string_view key) {
  if (key.empty() || key.size() > kKeyMax || key[0] < 'a' || key[0] > 'z') return false;
  return std::ranges::all_of(
      key, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

Status check_own(const NamedDisposition& draft) {
  if (!is_key(draft.key)) {
    return invalid(
        fmt::format("A key is 1 to {} small letters, digits or _, the first a letter: has_ballot",
                    kKeyMax),
        "key");
  }
  const auto title = trim(draft.title);
  if (title.empty() || title.size() > kTitleMax) {
    return invalid(fmt::format("Give it a title of 1 to {} letters.", kTitleMax), "title");
  }
  if (draft.base == Disposition::callback) {
    return invalid("A promised callback needs its time: callers choose it as it is.", "base");
  }
  return {};
}

}  // namespace

std::optional<int> van_code_of(Disposition disposition) {
  switch (disposition) {
    case Disposition::reached:
      return 14;
    case Disposition::no_answer:
    case Disposition::not_home:
      return 1;
    case Disposition::refused:
      return 2;
    case Disposition::deceased:
      return 4;
    case Disposition::moved:
      return 5;
    case Disposition::callback:
      return 17;
    case Disposition::busy:
      return 18;
    case Disposition::left_message:
      return 19;
    case Disposition::wrong_number:
      return 20;
    case Disposition::do_not_call:
      return 22;
    case Disposition::disconnected:
      return 25;
    case Disposition::language:
    case Disposition::voted_already:
      return std::nullopt;
  }
  return std::nullopt;
}

std::vector<NamedDisposition> Dispositions::read(Deadline deadline) {
  std::vector<NamedDisposition> all;
  for (const Disposition disposition : all_dispositions()) {
    all.push_back({.key = std::string(to_string(disposition)),
                   .title = {},
                   .base = disposition,
                   .van_code = van_code_of(disposition)});
  }
  const auto connection = pool_.acquire(deadline);
  for (const pg::Row row : connection->run(sql::kDispositions)) {
    const auto code = row.get<std::optional<int>>(3);
    const auto built_in = std::ranges::find(all, row.text(0), &NamedDisposition::key);
    if (built_in != all.end()) {
      built_in->van_code = code;
      continue;
    }
    all.push_back({.key = std::string(row.text(0)),
                   .title = std::string(row.text(1)),
                   .base = disposition_from(row.text(2)).value_or(Disposition::no_answer),
                   .van_code = code,
                   .own = true,
                   .offered = row.get<bool>(4)});
  }
  return all;
}

std::vector<NamedDisposition> Dispositions::all(Deadline deadline) {
  auto all = read(deadline);
  *kept_.lock() = all;
  return all;
}

Result<NamedDisposition> Dispositions::save(const NamedDisposition& draft, const std::string& actor,
                                            Deadline deadline) {
  const bool is_built_in = disposition_from(draft.key).has_value();
  if (!is_built_in) TRY(check_own(draft));
  if (draft.van_code && (*draft.van_code < 1 || *draft.van_code > kVanCodeMax)) {
    return invalid(fmt::format("A code of VAN is a number from 1 to {}.", kVanCodeMax), "van_code");
  }
  const auto known = all(deadline);
  const bool is_new = std::ranges::find(known, draft.key, &NamedDisposition::key) == known.end();
  if (is_new &&
      std::ranges::count(known, true, &NamedDisposition::own) >= std::ptrdiff_t{kOwnMax}) {
    return refuse(ErrorCode::over_limit,
                  fmt::format("A campaign has at most {} dispositions of its own. Callers choose "
                              "in seconds: give an old one other words instead.",
                              kOwnMax));
  }
  const Disposition base = is_built_in ? *disposition_from(draft.key) : draft.base;
  const std::optional<std::string> title =
      is_built_in ? std::nullopt : std::optional(std::string(trim(draft.title)));
  {
    const auto connection = pool_.acquire(deadline);
    pg::Transaction transaction(*connection, deadline);
    const auto saved =
        transaction.run(sql::kSaveDisposition, draft.key, title, to_string(base), draft.van_code,
                        is_built_in || draft.offered, actor, time_.given());
    if (saved.empty()) {
      return refuse(ErrorCode::conflict,
                    "Results hold this key with other effects. Choose another key.", "base");
    }
    const feed::Change change{.kind = ChangeKind::disposition_saved,
                              .subject = fmt::format("disposition:{}", draft.key),
                              .actor = actor,
                              .payload = fmt::format(R"({{"base":"{}","van_code":{}}})",
                                                     to_string(base), draft.van_code.value_or(0))};
    feed::commit(transaction, {&change, 1});
  }
  const auto now = all(deadline);
  return *std::ranges::find(now, draft.key, &NamedDisposition::key);
}

Result<Disposition> Dispositions::base_of(std::string_view own, const std::string& where,
                                          Deadline deadline) {
  const auto find = [own](const std::vector<NamedDisposition>& in) -> std::optional<Disposition> {
    const auto found = std::ranges::find(in, own, &NamedDisposition::key);
    return found == in.end() || !found->own ? std::nullopt : std::optional(found->base);
  };
  if (const auto base = find(*kept_.lock())) return *base;
  if (const auto base = find(all(deadline))) return *base;
  return invalid("The campaign has no such disposition of its own.", where);
}

}  // namespace hustings::phonebank
