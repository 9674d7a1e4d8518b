#include "registry/known_voters.h"

#include <string>

#include "base/text.h"
#include "registry/detail/filled.h"
#include "registry/sql.h"

namespace hustings::registry {
namespace {

/// One field of COPY's text format.
std::string unescaped(std::string_view field) {
  std::string out;
  for (std::size_t i = 0; i < field.size(); ++i) {
    if (field[i] != '\\' || i + 1 == field.size()) {
      out += field[i];
      continue;
    }
    switch (field[++i]) {
      case 'b':
        out += '\b';
        break;
      case 'f':
        out += '\f';
        break;
      case 'n':
        out += '\n';
        break;
      case 'r':
        out += '\r';
        break;
      case 't':
        out += '\t';
        break;
      case 'v':
        out += '\v';
        break;
      default:
        out += field[i];
    }
  }
  return out;
}

}  // namespace

void KnownVoters::load(pg::Connection& connection, std::string_view source,
                       std::span<const ImportId> imports) {
  CHECK(imports.size() < (1U << 16));
  imports_.assign(imports.begin(), imports.end());
  for (const pg::Row row : connection.run(sql::kIdentitiesKept, source)) {
    Place place = match(row.text(2));
    place.entry.home = row.get<std::int64_t>(0);
    place.entry.voter = row.get<std::int64_t>(1);
    put(place);
  }
  for (std::size_t i = 0; i < imports.size(); ++i) {
    const std::string sql = detail::filled(sql::kKnownVoters, {{"import", imports[i].value()}});
    connection.copy_out(sql, sql::kKnownVoters.name, [&](std::string_view line) {
      if (line.ends_with('\n')) line.remove_suffix(1);
      const auto fields = split(line, '\t');
      CHECK(fields.size() == 4);
      const std::string_view id = fields[3];
      Place place = id.find('\\') == std::string_view::npos ? match(id) : match(unescaped(id));
      place.entry.home = parse_int(fields[0]).value_or(0);
      place.entry.voter = parse_int(fields[1]).value_or(0);
      place.entry.fingerprint = static_cast<std::uint64_t>(parse_int(fields[2]).value_or(0));
      place.entry.last = i + 1;
      put(place);
    });
  }
}

KnownVoters::Place KnownVoters::match(std::string_view external_id) const {
  return table_.find(detail::id_key(external_id));
}

std::optional<KnownVoters::Found> KnownVoters::find(std::string_view external_id) const {
  const Place place = match(external_id);
  if (place.entry.last == 0) return std::nullopt;
  return Found{VoterId(place.entry.home), VoterId(place.entry.voter)};
}

}  // namespace hustings::registry
