#include "segments/segment_export.h"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/csv.h"
#include "feed/feed.h"
#include "segments/plan.h"
#include "segments/sql.h"

namespace hustings::segments {
namespace {

constexpr std::string_view kTitles =
    "voter,source,external_id,last_name,first_name,middle_name,suffix,street,city,state,zip5,"
    "county,precinct,party,gender,birth_year,phone,support_score,turnout_score,persuadability\r\n";
constexpr int kColumns = 20;
constexpr std::size_t kPage = 10'000;
constexpr int kTakenMax = 100;
constexpr std::chrono::hours kWriteMax{2};

void append_line(std::string& out, const pg::Row& row) {
  out += row.get<VoterId>(0).text();
  for (int column = 1; column < kColumns; ++column) {
    out += ',';
    if (!row.is_null(column) && !row.text(column).empty()) append_csv_cell(out, row.text(column));
  }
  out += "\r\n";
}

std::int64_t number_at(const boost::json::object& object, std::string_view key) {
  const boost::json::value* value = object.if_contains(key);
  return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}

}  // namespace

Result<SegmentExport::File> SegmentExport::csv(SegmentId id, const std::string& actor,
                                               const std::filesystem::path& folder) const {
  const Segment segment = TRY(segments_.get(id));
  const Rule rule = TRY(segments_.ready(segment.rule));
  const LiveElectorate::Reader electorate = segments_.read();
  const std::vector<Row> rows =
      segments_.scanner().rows(*electorate, Plan(rule, *electorate, clock_.now()));
  File file{.csv = std::make_shared<TemporaryFile>(folder), .rows = 0};
  const auto connection = pool_.acquire();
  pg::Transaction transaction(*connection, Deadline::after(kWriteMax));
  std::string piece(kTitles);
  for (std::size_t from = 0; from < rows.size(); from += kPage) {
    std::vector<std::int16_t> buckets;
    std::vector<VoterId> voters;
    for (std::size_t i = from; i < std::min(from + kPage, rows.size()); ++i) {
      voters.push_back(electorate->voter(rows[i]));
      buckets.push_back(bucket_of(voters.back()));
    }
    for (const pg::Row row : transaction.run(sql::kExportVoters, buckets, voters)) {
      append_line(piece, row);
      ++file.rows;
    }
    file.csv->append(piece);
    piece.clear();
  }
  file.csv->append(piece);  // the titles of an empty segment
  file.csv->close();
  const feed::Change change{
      .kind = ChangeKind::segment_exported,
      .subject = feed::subject_of("segment", id),
      .actor = actor,
      .payload = fmt::format(R"({{"version":{},"rows":{},"position":{}}})", segment.version,
                             file.rows, electorate.position())};
  feed::commit(transaction, {&change, 1});
  return file;
}

std::vector<SegmentExport::Taken> SegmentExport::taken(SegmentId id) const {
  std::vector<Taken> all;
  const auto connection = pool_.acquire();
  for (const feed::Entry& entry :
       feed::history(*connection, feed::subject_of("segment", id), kTakenMax)) {
    if (entry.kind != ChangeKind::segment_exported) continue;
    boost::system::error_code error;
    const boost::json::value value = boost::json::parse(entry.payload, error);
    if (error || !value.is_object()) continue;
    const boost::json::object& payload = value.get_object();
    all.push_back({.at = entry.at,
                   .actor = entry.actor,
                   .rows = number_at(payload, "rows"),
                   .version = static_cast<int>(number_at(payload, "version")),
                   .position = number_at(payload, "position")});
  }
  return all;
}

}  // namespace hustings::segments
