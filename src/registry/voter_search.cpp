#include <algorithm>
#include <tuple>

#include "base/text.h"
#include "campaign/calling_choice.h"
#include "normalise/email.h"
#include "normalise/phone.h"
#include "registry/household.h"
#include "registry/name_dictionary.h"
#include "registry/person_name.h"
#include "registry/persons.h"
#include "registry/registry.h"
#include "registry/sql.h"

namespace hustings::registry {
namespace {

constexpr std::size_t kTextMax = 200;
constexpr std::string_view kLast = "\xF4\x8F\xBF\xBF";  // U+10FFFF sorts behind every name

VoterSummary summary_of(const pg::Row& row) {
  return {.id = row.get<VoterId>(0),
          .last_name = row.get<std::string>(1),
          .first_name = row.get<std::string>(2),
          .middle_name = std::string(row.text(3)),
          .suffix = std::string(row.text(4)),
          .birth_year = row.get<std::optional<int>>(5),
          .party = row.get<std::optional<std::string>>(6),
          .county = row.get<std::string>(7),
          .city = row.get<std::optional<std::string>>(8),
          .status = row.get<std::string>(9),
          .phone_present = row.get<bool>(10),
          .is_protected = row.get<bool>(11)};
}

VoterPage page_of(const pg::Rows& rows) {
  VoterPage page;
  for (const pg::Row row : rows)
    page.items.push_back(summary_of(row));
  return page;
}

/// Where the next page of names begins: behind this voter.
struct NameCursor {
  std::string last;
  std::string first;
  std::int64_t voter = 0;

  std::string text() const { return to_hex(last + '\n' + first + '\n' + std::to_string(voter)); }
  static std::optional<NameCursor> from(std::string_view text) {
    const auto raw = from_hex(text);
    if (!raw) return std::nullopt;
    const auto parts = split(*raw, '\n');
    const auto voter = parts.size() == 3 ? parse_int(parts[2]) : std::nullopt;
    if (!voter || !is_utf8(*raw)) return std::nullopt;
    return NameCursor{std::string(parts[0]), std::string(parts[1]), *voter};
  }
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_all_digits(std::string_view text) { return std::ranges::all_of(text, is_digit); }

/// The number that a search is for.
std::optional<PhoneNumber> number_in(pg::Connection& connection, std::string_view text) {
  constexpr std::ptrdiff_t kDigitsMin = 6;
  if (std::ranges::count_if(text, is_digit) < kDigitsMin) return std::nullopt;
  return normalise::callable_phone(text, campaign::home_country(connection));
}

struct NamePrefixes {
  std::string last;
  std::string first;
};

/// The ways in which a text can be meant as a name, likeliest first.
std::vector<NamePrefixes> readings(std::string_view text) {
  const std::string upper = upper_name(trim(text));
  if (const auto comma = upper.find(','); comma != std::string::npos) {
    const std::string_view all = upper;
    return {{std::string(trim(all.substr(0, comma))), std::string(trim(all.substr(comma + 1)))}};
  }
  const auto blank = upper.rfind(' ');
  if (blank == std::string::npos) return {{upper, ""}};
  const auto first_blank = upper.find(' ');
  return {{upper.substr(blank + 1), upper.substr(0, first_blank)},
          {upper, ""},  // two words that are one last name: DE LA CRUZ
          {upper.substr(0, first_blank), std::string(trim(upper.substr(first_blank + 1)))}};
}

VoterPage search_names(pg::Connection& connection, const NamePrefixes& names,
                       const VoterQuery& query, const std::optional<NameCursor>& after) {
  const auto county = query.county.empty() ? std::nullopt : std::optional(upper_name(query.county));
  std::optional<std::string> last;
  std::optional<std::string> first;
  std::optional<std::int64_t> voter;
  if (after) {
    last = after->last;
    first = after->first;
    voter = after->voter;
  }
  const std::string lower = after ? std::max(names.last, after->last) : names.last;
  VoterPage page = page_of(connection.run(sql::kSearchNames, lower, names.last + std::string(kLast),
                                          names.first, names.first + std::string(kLast), county,
                                          last, first, voter, query.limit + 1));
  if (static_cast<int>(page.items.size()) > query.limit) {
    page.items.pop_back();
    const VoterSummary& end = page.items.back();
    page.next = NameCursor{end.last_name, end.first_name, end.id.value()}.text();
  }
  return page;
}

/// Nobody has the name as it was typed: those whose name is near it, nearest first, one page.
VoterPage search_similar(pg::Connection& connection, NameDictionary& names_known,
                         const NamePrefixes& names, const VoterQuery& query) {
  constexpr int kLookedAtMax = 2000;
  const SimilarNames near = names_known.similar(connection, names.last, names.first);
  if (near.last.empty()) return {};
  const auto county = query.county.empty() ? std::nullopt : std::optional(upper_name(query.county));
  std::optional<std::vector<std::string>> first;
  if (!near.first.empty()) first = near.first;
  VoterPage page =
      page_of(connection.run(sql::kSearchSimilar, near.last, first, county, kLookedAtMax));
  const auto order = [&](const VoterSummary& voter) {
    return std::tuple(name_distance(near, voter.last_name, voter.first_name), voter.last_name,
                      voter.first_name, voter.id.value());
  };
  std::ranges::sort(page.items, {}, order);
  if (std::ssize(page.items) > query.limit)
    page.items.resize(static_cast<std::size_t>(query.limit));
  page.is_similar = !page.items.empty();
  return page;
}

struct TypedAddress {
  std::string street;
  std::optional<std::string> zip5;
};

/// "123 Oak St, Raleigh 27601": a house number, a street, perhaps a town and a ZIP code.
std::optional<TypedAddress> address_of(std::string_view text) {
  const std::string upper = upper_name(text);
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const bool has_letter = std::ranges::any_of(upper, [](char c) { return c >= 'A' && c <= 'Z'; });
  const std::size_t blank = upper.find(' ');
  if (upper.empty() || !is_digit(upper[0]) || !has_letter || blank == std::string::npos) {
    return std::nullopt;
  }
  TypedAddress out;
  std::string_view rest = upper;
  if (const auto comma = rest.find(','); comma != std::string_view::npos) {
    out.street = trim(rest.substr(0, comma));
    rest = trim(rest.substr(comma + 1));
  } else {
    out.street = trim(rest);
  }
  const std::string_view word = rest.substr(rest.rfind(' ') + 1);
  if (word.size() == 5 && std::ranges::all_of(word, is_digit) && word.data() != upper.data()) {
    out.zip5 = std::string(word);
    if (out.street.ends_with(word)) out.street.resize(out.street.size() - word.size());
    out.street = trim(out.street);
  }
  return out;
}

/// A household's number comes from its whole address: with the ZIP code left out, those of the
/// address in every ZIP code are looked for.
VoterPage search_address(pg::Connection& connection, const TypedAddress& address,
                         const VoterQuery& query) {
  std::vector<std::int64_t> households;
  for (const pg::Row row : connection.run(sql::kSearchZips, address.zip5)) {
    const auto parts = split(row.text(0), ' ');
    if (parts.size() != 2) continue;
    households.push_back(
        household_id({.state = parts[0], .zip5 = parts[1], .street = address.street}));
  }
  if (households.empty()) return {};
  const auto county = query.county.empty() ? std::nullopt : std::optional(upper_name(query.county));
  return page_of(connection.run(sql::kSearchHousehold, households, county, query.limit));
}

bool has_digit(std::string_view text) { return std::ranges::any_of(text, is_digit); }

}  // namespace

Result<VoterPage> Registry::search(const VoterQuery& query, Deadline deadline) {
  const std::string_view text = trim(query.text);
  if (text.size() > kTextMax || !is_utf8(text) || text.find('\0') != std::string_view::npos) {
    return invalid(
        "Search for a name, a number, an e-mail address or an id of at most 200 letters.", "query");
  }
  if (query.limit < 1 || query.limit > kPageMax) {
    return invalid("A page holds 1 to 500 voters.", "limit");
  }
  std::optional<NameCursor> after;
  if (!query.cursor.empty()) {
    after = NameCursor::from(query.cursor);
    if (!after) return invalid("This cursor was not given by an earlier page.", "cursor");
  }
  const auto connection = pool_.acquire(deadline);
  const pg::Transaction transaction(*connection, deadline);
  if (const auto voter = VoterId::from_text(text)) {
    // An id on old paper may be that of somebody who was joined to another person since.
    const VoterId person = person_of(*connection, *voter);
    return page_of(connection->run(sql::kSearchId, bucket_of(person), person));
  }
  // Before numbers: "voter9195550123@…" holds one.
  if (text.contains('@')) {
    std::string email;
    const auto fault = normalise::normalise_email_to(text, email);
    if (fault != normalise::EmailFault::none) return VoterPage{};
    return page_of(connection->run(sql::kSearchEmail, email, query.limit));
  }
  if (const auto number = number_in(*connection, text)) {
    auto page = page_of(connection->run(sql::kSearchNumber, *number, query.limit));
    // Digits alone may as well be an id: in some countries any nine of them are a number.
    if (!page.items.empty() || !is_all_digits(text)) return page;
  }
  if (has_digit(text)) {
    const std::string id = upper_name(text);
    auto page =
        page_of(connection->run(sql::kSearchExternalId, id, id + std::string(kLast), query.limit));
    if (!page.items.empty()) return page;
    if (const auto address = address_of(text)) {
      page = search_address(*connection, *address, query);
      if (!page.items.empty()) return page;
    }
    // Otherwise it may be a name with a slip: SM1TH.
  }
  VoterPage page;
  for (const NamePrefixes& names : readings(text)) {
    page = search_names(*connection, names, query, after);
    if (!page.items.empty()) return page;
  }
  if (after || text.empty()) return page;
  for (const NamePrefixes& names : readings(text)) {
    page = search_similar(*connection, names_known_, names, query);
    if (!page.items.empty()) break;
  }
  return page;
}

}  // namespace hustings::registry
