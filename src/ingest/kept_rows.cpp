#include "ingest/kept_rows.h"

#include <algorithm>
#include <functional>
#include <set>

#include "base/text.h"
#include "ingest/raw_load.h"
#include "ingest/sql.h"
#include "registry/person_name.h"

namespace hustings::ingest {
namespace {

using rights::ErasedPerson;

constexpr int kPiecesAtOnce = 8;

bool is_word_byte(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Where a word begins at or behind `from`; npos if it is nowhere.
std::size_t find_word(std::string_view text, std::string_view word, std::size_t from) {
  for (auto at = text.find(word, from); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool begins = at == 0 || !is_word_byte(text[at - 1]);
    if (begins && (end == text.size() || !is_word_byte(text[end]))) return at;
  }
  return std::string_view::npos;
}

std::vector<std::string> sources_of(const ErasedPerson& person) {
  std::vector<std::string> out;
  for (const auto& [source, id] : person.identities)
    out.push_back(source);
  return out;
}

/// An import whose rows may be the person's, and what to look for.
struct Searched {
  ImportId import;
  std::string file_name;
  std::vector<std::string> ids;
  std::set<std::int64_t> lines;
};

std::vector<Searched> searched(pg::Connection& connection, const ErasedPerson& person) {
  std::vector<Searched> out;
  for (const pg::Row row : connection.run(sql::kRawImports, sources_of(person))) {
    Searched one{.import = row.get<ImportId>(0),
                 .file_name = row.get<std::string>(1),
                 .ids = {},
                 .lines = {}};
    for (const auto& [source, id] : person.identities) {
      if (source == row.text(2)) one.ids.push_back(id);
    }
    for (const auto& [import, line] : person.lines) {
      if (import == one.import) one.lines.insert(line);
    }
    out.push_back(std::move(one));
  }
  return out;
}

/// The numbers of the person's lines in a piece.
std::vector<std::int64_t> lines_in(std::string_view text, std::int64_t first, std::int64_t count,
                                   const Searched& of, const ErasedPerson& person) {
  std::set<std::int64_t> found;
  for (auto at = of.lines.lower_bound(first); at != of.lines.end() && *at < first + count; ++at)
    found.insert(*at);
  for (const std::string& id : of.ids) {
    std::int64_t number = first;
    std::size_t counted = 0;
    for (auto at = find_word(text, id, 0); at != std::string_view::npos;
         at = find_word(text, id, at + 1)) {
      number += std::count(text.begin() + static_cast<std::ptrdiff_t>(counted),
                           text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
      counted = at;
      const std::size_t begin = text.rfind('\n', at) + 1;  // npos + 1 is the beginning
      const std::string_view line = text.substr(begin, text.find('\n', at) - begin);
      if (names_person(line, id, person.last_names)) found.insert(number);
    }
  }
  return {found.begin(), found.end()};
}

struct Piece {
  ImportId import;
  int chunk = 0;
  std::int64_t first = 0;
  std::string text;
};

/// Hands over every piece in which the person stands, with the numbers of the lines.
void each_piece(pg::Connection& connection, const Searched& of, const ErasedPerson& person,
                const std::function<void(Piece&, const std::vector<std::int64_t>&)>& use) {
  int after = -1;
  for (bool goes_on = true; goes_on;) {
    const pg::Rows rows = connection.run(sql::kRawPieces, of.import, after, kPiecesAtOnce);
    for (const pg::Row row : rows) {
      after = row.get<std::int32_t>(0);
      Piece piece{.import = of.import,
                  .chunk = after,
                  .first = row.get<std::int64_t>(1),
                  .text = raw_lines(row.get<pg::Bytes>(3).bytes)};
      const auto lines = lines_in(piece.text, piece.first, row.get<std::int64_t>(2), of, person);
      if (!lines.empty()) use(piece, lines);
    }
    goes_on = rows.size() == kPiecesAtOnce;
  }
}

/// What is left of a name when blanks and marks are: files write DE  LA CRUZ and O NEAL as well.
std::string letters_of(std::string_view text) {
  std::string out = registry::upper_name(text);
  std::erase_if(out, [](char c) { return !is_word_byte(c) && static_cast<signed char>(c) >= 0; });
  return out;
}

/// What a rejected row must hold: to be shown, that it is surely this person's; to be erased, that
/// it may be.
enum class Certainty : std::uint8_t { surely, maybe };

bool is_of_person(const pg::Row& reject, const std::string& id, const ErasedPerson& person,
                  Certainty certainty) {
  const std::string_view text = reject.text(3);
  if (names_person(text, id, person.last_names)) return true;
  const bool has_names = reject.text(4) == "voters";
  if (has_names && certainty == Certainty::surely) return false;
  return any_field(text, [&](std::string_view field) { return field == id; });
}

std::vector<rights::RawRows::Row> rejects_of(pg::Connection& connection, const ErasedPerson& person,
                                             Certainty certainty) {
  std::vector<rights::RawRows::Row> out;
  for (const auto& [source, id] : person.identities) {
    for (const pg::Row row : connection.run(sql::kRejectsNaming, source, id)) {
      if (!is_of_person(row, id, person, certainty)) continue;
      out.push_back({.import = row.get<ImportId>(0),
                     .line = row.get<std::int64_t>(1),
                     .file_name = row.get<std::string>(2),
                     .text = row.get<std::string>(3)});
    }
  }
  return out;
}

}  // namespace

bool names_person(std::string_view row, std::string_view id,
                  std::span<const std::string> last_names) {
  if (id.empty() || find_word(row, id, 0) == std::string_view::npos) return false;
  const std::string letters = letters_of(row);
  return std::ranges::any_of(last_names, [&](const std::string& last_name) {
    const std::string name = letters_of(last_name);
    return !name.empty() && letters.contains(name);
  });
}

bool any_field(std::string_view row, const std::function<bool(std::string_view)>& is) {
  constexpr std::string_view kBetween = "\t,;|\"";
  while (!row.empty()) {
    const std::size_t end = std::min(row.find_first_of(kBetween), row.size());
    const std::string_view field = trim(row.substr(0, end));
    if (!field.empty() && is(field)) return true;
    row.remove_prefix(std::min(end + 1, row.size()));
  }
  return false;
}

void blank_lines(std::string& lines, std::int64_t first, std::span<const std::int64_t> numbers) {
  if (numbers.empty()) return;
  std::string out;
  out.reserve(lines.size());
  std::string_view rest = lines;
  std::int64_t number = first;
  for (const std::int64_t wanted : numbers) {
    for (; number < wanted && !rest.empty(); ++number) {
      const std::size_t end = std::min(rest.find('\n'), rest.size() - 1) + 1;
      out += rest.substr(0, end);
      rest.remove_prefix(end);
    }
    if (rest.empty()) break;
    rest.remove_prefix(std::min(rest.find('\n'), rest.size()));
  }
  out += rest;
  lines = std::move(out);
}

std::vector<rights::RawRows::Row> KeptRows::rows_of(pg::Connection& connection,
                                                    const ErasedPerson& person) {
  std::vector<Row> out;
  for (const Searched& of : searched(connection, person)) {
    each_piece(connection, of, person, [&](Piece& piece, const auto& lines) {
      for (const std::int64_t line : lines) {
        out.push_back({.import = of.import,
                       .line = line,
                       .file_name = of.file_name,
                       .text = std::string(nth_line(piece.text, line - piece.first))});
      }
    });
  }
  for (Row& row : rejects_of(connection, person, Certainty::surely))
    out.push_back(std::move(row));
  return out;
}

std::int64_t KeptRows::erase(pg::Transaction& transaction, const ErasedPerson& person) {
  pg::Connection& connection = transaction.connection();
  const auto rejects = rejects_of(connection, person, Certainty::maybe);
  ErasedPerson also_rejected = person;  // they stand among the kept lines too
  for (const Row& reject : rejects)
    also_rejected.lines.emplace_back(reject.import, reject.line);
  std::int64_t rows = 0;
  for (const Searched& of : searched(connection, also_rejected)) {
    each_piece(connection, of, also_rejected, [&](Piece& piece, const auto& lines) {
      rows += std::ssize(lines);
      blank_lines(piece.text, piece.first, lines);
      transaction.run(sql::kRawPut, piece.import, piece.chunk,
                      pg::Bytes{compressed_lines(piece.text)});
    });
  }
  for (const Row& reject : rejects) {
    transaction.run(sql::kRejectRemove, reject.import, reject.line);
    ++rows;
  }
  return rows;
}

}  // namespace hustings::ingest
