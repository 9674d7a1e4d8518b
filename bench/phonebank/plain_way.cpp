#include "phonebank/plain_way.h"

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <unistd.h>

#include <fmt/format.h>

#include "base/text.h"
#include "pg/embedded_server.h"

namespace hustings::bench {
namespace {

namespace fs = std::filesystem;

constexpr int kClients = 64;

/// A claim is one statement, which is the least that does it; a result what belongs to it: the
/// result with its key, the try, an answer to three of ten, what becomes of voter and line, the
/// feed. (Where the feed's order is ours to keep, nothing is locked here.)
constexpr std::string_view kScript = R"(\set key random(1, 1000000000000000)
\set talks random(1, 10)
with picked as (
  select number, epoch from plain.queue_line
  where phonebank_id = 1 and zone_set_id = 1 and state = 'ready' and not_before <= now()
  order by promised desc, priority desc, ordinal limit 1 for update skip locked
), shown as (
  insert into plain.line_attempt (lease_id, number, phonebank_id, caller_id, epoch, script_version,
                                  shown_at, during)
  select nextval('plain.lease_id_seq'), number, 1, :client_id + 1, epoch + 1, 1, now(),
         tstzrange(now(), now() + interval '4 hours')
  from picked
  returning lease_id, number
)
update plain.queue_line q
set state = 'held', epoch = q.epoch + 1, attempts = q.attempts + 1, lease_id = s.lease_id,
    held_by = :client_id + 1, lease_until = now() + interval '5 minutes'
from shown s
where q.phonebank_id = 1 and q.number = s.number
returning q.number, q.lease_id \gset
begin;
insert into plain.call_result (result_key, lease_id, phonebank_id, caller_id, spoken, response, at)
values (lpad(to_hex(:key::bigint), 32, '0')::uuid, :lease_id, 1, :client_id + 1, true,
        '{"stored": true}', now());
insert into plain.contact_attempt (bucket, attempt_id, voter_id, phonebank_id, lease_id, caller_id,
                                   number, channel, disposition, started_at, ended_at)
values (:number::bigint % 4096, nextval('plain.attempt_id_seq'), :number, 1, :lease_id,
        :client_id + 1, :number, 'phone', 'reached', now(), now());
\if :talks <= 3
insert into plain.answer (bucket, answer_id, voter_id, question_id, script_version, choice,
                          attempt_id, phonebank_id, actor, at)
values (:number::bigint % 4096, nextval('plain.answer_id_seq'), :number, 1, 1, 1, :lease_id, 1,
        'person:1', now());
\endif
update plain.call_target set state = 'done', last_disposition = 'reached'
where phonebank_id = 1 and number = :number;
update plain.queue_line
set state = 'done', reason = 'complete', lease_id = null, held_by = null, lease_until = null
where phonebank_id = 1 and number = :number;
insert into plain.change (position, kind, subject, actor, payload)
values (nextval('plain.change_position'), 'attempt_recorded', 'voter:1', 'person:1',
        '{"attempt": 1, "phonebank": 1, "disposition": "reached", "answers": []}');
commit;
)";

std::string filled(std::int64_t lines) {
  return fmt::format(R"(
insert into plain.queue_line (phonebank_id, number, ordinal, state, zone_set_id, not_before)
select 1, 12520000000 + n, n, 'ready', 1, 'epoch' from generate_series(1, {0}) n;
insert into plain.call_target (phonebank_id, number, bucket, voter_id, home_bucket, home_id, state)
select 1, 12520000000 + n, n % 4096, n, n % 4096, n, 'open' from generate_series(1, {0}) n;
)",
                     lines);
}

}  // namespace

void prepare_plain_way(pg::Connection& connection, std::int64_t lines) {
  std::string sql = "drop schema if exists plain cascade; create schema plain;";
  for (const char* table : {"queue_line", "line_attempt", "call_target", "call_result",
                            "contact_attempt", "answer", "change"}) {
    sql += fmt::format("create table plain.{0} (like hustings.{0} including all);", table);
  }
  for (const char* sequence :
       {"lease_id_seq", "attempt_id_seq", "answer_id_seq", "change_position"})
    sql += fmt::format("create sequence plain.{};", sequence);
  connection.run_text(sql + filled(lines), "plain_tables");
  for (const char* table : {"queue_line", "call_target"})
    connection.run_text(fmt::format("vacuum analyze plain.{}", table), "plain_vacuum");
}

Result<double> plain_calls_per_s(const std::string& database_url, std::chrono::seconds time) {
  const fs::path bin_dir = TRY(pg::find_postgres({}));
  const fs::path script =
      fs::temp_directory_path() / fmt::format("hustings-plain-{}.sql", getpid());
  std::ofstream(script) << kScript;
  const std::string command = fmt::format(
      "'{}' -n -M prepared -c {} -j 1 -T {} -f '{}' \"{}\" 2>&1", (bin_dir / "pgbench").string(),
      kClients, time.count(), script.string(), database_url);
  FILE* pipe = popen(command.c_str(), "re");
  if (pipe == nullptr) return refuse(ErrorCode::unavailable, "pgbench does not start.");
  double per_s = 0;
  std::string said;
  std::array<char, 512> line{};
  while (std::fgets(line.data(), line.size(), pipe) != nullptr) {
    const std::string_view text = line.data();
    if (text.starts_with("tps = ")) per_s = std::stod(std::string(text.substr(6)));
    if (said.empty() && (text.contains("ERROR") || text.contains("error"))) said = text;
  }
  const int ended = pclose(pipe);
  std::error_code ignored;
  fs::remove(script, ignored);
  if (ended != 0 || per_s == 0 || !said.empty())
    return refuse(ErrorCode::unavailable, "pgbench has failed: " + std::string(trim(said)));
  return per_s;
}

void remove_plain_way(pg::Connection& connection) {
  connection.run_text("drop schema if exists plain cascade", "plain_remove");
}

}  // namespace hustings::bench
