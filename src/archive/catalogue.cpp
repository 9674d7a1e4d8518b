#include "archive/catalogue.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <fmt/format.h>

#include "archive/sql.h"

namespace hustings::archive {
namespace {

std::map<std::string, std::vector<Column>> read_columns(pg::Connection& connection) {
  std::map<std::string, std::vector<Column>> out;
  for (const pg::Row row : connection.run(sql::kColumns, connection.schema())) {
    out[row.get<std::string>(0)].push_back({row.get<std::string>(1), row.get<std::string>(2)});
  }
  return out;
}

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Takes one token off the front: a word, a quoted text, or a single sign. Empty when it is none.
std::string_view take_token(std::string_view& text) {
  std::size_t size = 0;
  if (is_word_byte(text.front())) {
    while (size < text.size() && is_word_byte(text[size]))
      ++size;
  } else if (text.front() == '\'') {
    size = text.find('\'', 1);
    size = size == std::string_view::npos ? 0 : size + 1;
  } else if (text.front() == '-') {
    size = text.size() > 1 && text[1] >= '0' && text[1] <= '9' ? 1 : 0;  // a sign, no comment
  } else if (std::string_view("(),.").contains(text.front())) {
    size = 1;
  }
  const std::string_view token = text.substr(0, size);
  text.remove_prefix(size);
  return token;
}

bool is_number(std::string_view token) {
  return std::ranges::all_of(token, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

const CatalogueTable* Catalogue::find(std::string_view name) const {
  const auto found = std::ranges::find(tables, name, &CatalogueTable::name);
  return found == tables.end() ? nullptr : &*found;
}

Result<Catalogue> read_catalogue(pg::Connection& connection) {
  Catalogue out;
  auto columns = read_columns(connection);
  std::map<std::string, std::vector<Partition>> partitions;
  for (const pg::Row row : connection.run(sql::kTables, connection.schema())) {
    const auto name = row.get<std::string>(0);
    const auto is_partitioned = row.get<bool>(1);
    const auto is_partition = row.get<bool>(2);
    if (is_partitioned && is_partition) {
      return invalid(
          fmt::format("The table {} is a partition that is partitioned again; an archive "
                      "holds one level. Merge its partitions first.",
                      name));
    }
    if (is_partition) {
      partitions[row.get<std::string>(3)].push_back({name, row.get<std::string>(4)});
    } else {
      out.tables.push_back(
          {.name = name, .columns = std::move(columns[name]), .is_partitioned = is_partitioned});
    }
  }
  for (CatalogueTable& table : out.tables)
    table.partitions = std::move(partitions[table.name]);
  for (const pg::Row row : connection.run(sql::kSequences, connection.schema())) {
    out.sequences.push_back(row.get<std::string>(0));
  }
  return out;
}

std::vector<Part> parts_of(pg::Connection& connection, const Catalogue& catalogue) {
  std::map<std::string, std::int64_t> bytes;
  for (const pg::Row row : connection.run(sql::kTables, connection.schema())) {
    bytes[row.get<std::string>(0)] = row.get<std::int64_t>(5);
  }
  std::vector<Part> parts;
  for (std::size_t i = 0; i < catalogue.tables.size(); ++i) {
    const CatalogueTable& table = catalogue.tables[i];
    for (const Partition& partition : table.partitions) {
      parts.push_back({i, partition.name, partition.name, bytes[partition.name]});
    }
    if (!table.is_partitioned) parts.push_back({i, table.name, "", bytes[table.name]});
  }
  std::ranges::sort(parts, [](const Part& a, const Part& b) {
    return a.bytes != b.bytes ? a.bytes > b.bytes : a.relation < b.relation;
  });
  return parts;
}

Result<std::vector<std::string>> load_order(pg::Connection& connection,
                                            const Catalogue& catalogue) {
  std::map<std::string, std::set<std::string>> waits_for;
  for (const CatalogueTable& table : catalogue.tables)
    waits_for[table.name];
  for (const pg::Row row : connection.run(sql::kForeignKeys, connection.schema())) {
    waits_for[row.get<std::string>(0)].insert(row.get<std::string>(1));
  }
  std::vector<std::string> order;
  while (!waits_for.empty()) {
    const auto ready = std::ranges::find_if(waits_for, [&](const auto& entry) {
      return std::ranges::none_of(entry.second,
                                  [&](const auto& other) { return waits_for.contains(other); });
    });
    if (ready == waits_for.end()) {
      return invalid(
          fmt::format("The foreign keys of {} go round in a circle; its rows cannot be "
                      "loaded.",
                      waits_for.begin()->first));
    }
    order.push_back(ready->first);
    waits_for.erase(ready);
  }
  return order;
}

std::string qualified(const pg::Connection& connection, std::string_view relation) {
  return connection.quoted(connection.schema()) + '.' + connection.quoted(relation);
}

std::string column_list(const pg::Connection& connection, const std::vector<Column>& columns) {
  std::string out;
  for (const Column& column : columns) {
    out += (out.empty() ? "" : ", ") + connection.quoted(column.name);
  }
  return '(' + out + ')';
}

std::string copy_out_text(const pg::Connection& connection, std::string_view relation,
                          const std::vector<Column>& columns) {
  return fmt::format("copy {} {} to stdout", qualified(connection, relation),
                     column_list(connection, columns));
}

bool is_partition_bounds(std::string_view text) {
  constexpr std::array<std::string_view, 12> kWords = {
      "FOR",     "VALUES",   "FROM",     "TO",   "IN",      "WITH",
      "DEFAULT", "MINVALUE", "MAXVALUE", "NULL", "modulus", "remainder"};
  if (!text.starts_with("FOR VALUES ") && text != "DEFAULT") return false;
  while (!text.empty()) {
    if (text.front() == ' ') {
      text.remove_prefix(1);
      continue;
    }
    const std::string_view token = take_token(text);
    if (token.empty()) return false;
    const bool is_word = is_word_byte(token.front());
    if (is_word && !is_number(token) && std::ranges::find(kWords, token) == kWords.end()) {
      return false;
    }
  }
  return true;
}

}  // namespace hustings::archive
