#include "pg/connection.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <poll.h>
#include <set>
#include <unordered_set>

#include <fmt/format.h>
#include <libpq-fe.h>

namespace hustings::pg {
namespace {

std::string first_line(const char* text) {
  const std::string_view all = text == nullptr ? "" : text;
  return std::string(all.substr(0, all.find('\n')));
}

std::string describe(const SqlFailure::What& what) {
  return fmt::format("The database refused '{}' ({}): {}", what.statement, what.sqlstate,
                     what.message);
}

/// With HUSTINGS_SQL_RUN_DIR set, tests leave a file for each named statement that was run;
/// tools/check_sql_run then names those that none ran. Texts that come from no file of sql/, such
/// as "begin", have names without a slash.
void note_run(std::string_view name) {
  static const char* const kFolder = std::getenv("HUSTINGS_SQL_RUN_DIR");
  if (kFolder == nullptr || name.find('/') == std::string_view::npos) return;
  static std::mutex mutex;
  static std::set<std::string, std::less<>> noted;
  const std::lock_guard lock(mutex);
  if (noted.contains(name)) return;
  noted.emplace(name);
  std::error_code error;
  std::filesystem::create_directories(kFolder, error);
  std::string file(name);
  file.replace(file.find('/'), 1, "__");
  std::ofstream(fmt::format("{}/{}", kFolder, file)).flush();
}

std::vector<const char*> pointers(const Parameters& parameters) {
  std::vector<const char*> out;
  out.reserve(parameters.texts().size());
  for (const auto& text : parameters.texts())
    out.push_back(text ? text->c_str() : nullptr);
  return out;
}

}  // namespace

SqlFailure::SqlFailure(What what) : Failure(describe(what)), what_(std::move(what)) {}

bool SqlFailure::is_connection_lost() const {
  const std::string_view state = what_.sqlstate;
  return state.starts_with("08") || state == "57P01" || state == "57P02" || state == "57P03";
}

bool Row::is_null(int column) const { return PQgetisnull(result_, row_, column) != 0; }
std::string_view Row::text(int column) const {
  return {PQgetvalue(result_, row_, column),
          static_cast<std::size_t>(PQgetlength(result_, row_, column))};
}

Rows::Rows(pg_result* result) : result_(result) {}
Rows::~Rows() { PQclear(result_); }
Rows::Rows(Rows&& other) noexcept : result_(std::exchange(other.result_, nullptr)) {}
Rows& Rows::operator=(Rows&& other) noexcept {
  std::swap(result_, other.result_);
  return *this;
}
int Rows::size() const { return PQntuples(result_); }
Row Rows::only() const {
  if (size() != 1)
    throw Failure(fmt::format("A statement gave {} rows where there must be one.", size()));
  return Row(result_, 0);
}
std::int64_t Rows::affected() const {
  const char* text = PQcmdTuples(result_);
  return *text == '\0' ? 0 : std::strtoll(text, nullptr, 10);
}

struct Connection::State {
  PGconn* conn = nullptr;
  PGcancel* cancel = nullptr;
  std::string schema;
  std::unordered_set<const char*> prepared;  // by the address of the statement's name

  ~State() {
    PQfreeCancel(cancel);
    PQfinish(conn);
  }
};

Connection::Connection(const ConnectOptions& options) : state_(std::make_unique<State>()) {
  const std::array keys = {
      "dbname",          "application_name", "fallback_application_name",      "client_encoding",
      "connect_timeout", "keepalives_idle",  static_cast<const char*>(nullptr)};
  const std::array values = {options.url.c_str(),
                             options.application.c_str(),
                             "hustings",
                             "UTF8",
                             "10",
                             "30",
                             static_cast<const char*>(nullptr)};
  state_->conn = PQconnectdbParams(keys.data(), values.data(), 1);
  if (PQstatus(state_->conn) != CONNECTION_OK) {
    const std::string message = first_line(PQerrorMessage(state_->conn));
    throw SqlFailure({"08006", "connect", message});
  }
  PQsetNoticeProcessor(state_->conn, [](void*, const char*) {}, nullptr);
  state_->cancel = PQgetCancel(state_->conn);
  state_->schema = options.schema;
  // One way of writing moments, numbers and bytes, whatever the server's own settings are.
  run_text(
      fmt::format("set search_path to {}, public; set timezone to 'UTC'; set datestyle to 'ISO';"
                  "set extra_float_digits to 1; set bytea_output to 'hex';"
                  "set intervalstyle to 'postgres'; set standard_conforming_strings to on",
                  quoted(options.schema)),
      "connect");
}

Connection::~Connection() = default;

void Connection::check(pg_result* result, std::string_view name) {
  const ExecStatusType status = PQresultStatus(result);
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_COPY_IN ||
      status == PGRES_COPY_OUT || status == PGRES_PIPELINE_SYNC) {
    return;
  }
  const char* sqlstate = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const char* primary =
      result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  SqlFailure::What what{
      sqlstate == nullptr ? "08006" : sqlstate, std::string(name),
      primary == nullptr ? first_line(PQerrorMessage(state_->conn)) : first_line(primary)};
  PQclear(result);
  throw SqlFailure(std::move(what));
}

void Connection::prepare(const Statement& statement) {
  if (state_->prepared.contains(statement.name.data())) return;
  PGresult* result = PQprepare(state_->conn, std::string(statement.name).c_str(),
                               std::string(statement.text).c_str(), 0, nullptr);
  check(result, statement.name);
  PQclear(result);
  state_->prepared.insert(statement.name.data());
  note_run(statement.name);
}

Rows Connection::run_with(const Statement& statement, const Parameters& parameters) {
  prepare(statement);
  PGconn* conn = state_->conn;
  const std::string name(statement.name);
  const auto values = pointers(parameters);
  PGresult* result = PQexecPrepared(conn, name.c_str(), static_cast<int>(values.size()),
                                    values.data(), nullptr, nullptr, 0);
  check(result, name);
  return Rows(result);
}

Rows Connection::run_text(const std::string& sql, std::string_view name) {
  note_run(name);
  PGresult* result = PQexec(state_->conn, sql.c_str());
  check(result, name);
  return Rows(result);
}

std::vector<Rows> Connection::run_pipeline(std::span<const Call> calls) {
  PGconn* conn = state_->conn;
  for (const Call& call : calls)
    prepare(*call.statement);
  if (PQenterPipelineMode(conn) != 1) throw SqlFailure({"08006", "pipeline", "no pipeline mode"});
  for (const Call& call : calls) {
    const auto values = pointers(call.parameters);
    PQsendQueryPrepared(conn, std::string(call.statement->name).c_str(),
                        static_cast<int>(values.size()), values.data(), nullptr, nullptr, 0);
  }
  PQpipelineSync(conn);
  std::vector<Rows> answers;
  std::optional<SqlFailure> failure;
  for (const Call& call : calls) {
    PGresult* result = PQgetResult(conn);
    if (PQresultStatus(result) == PGRES_PIPELINE_ABORTED) {
      PQclear(result);
    } else {
      try {
        check(result, call.statement->name);
        answers.emplace_back(result);
      } catch (const SqlFailure& caught) {
        if (!failure) failure = caught;
      }
    }
    if (PQstatus(conn) == CONNECTION_BAD) break;
    while (PGresult* rest = PQgetResult(conn))
      PQclear(rest);
  }
  if (PQstatus(conn) != CONNECTION_BAD) {
    PQclear(PQgetResult(conn));  // the sync point
    PQexitPipelineMode(conn);
  }
  if (failure) throw SqlFailure(*failure);
  if (PQstatus(conn) == CONNECTION_BAD) {
    throw SqlFailure({"08006", "pipeline", first_line(PQerrorMessage(conn))});
  }
  return answers;
}

Connection::CopyIn Connection::copy_in(const std::string& sql, std::string_view name) {
  note_run(name);
  PGresult* result = PQexec(state_->conn, sql.c_str());
  check(result, name);
  PQclear(result);
  return CopyIn(*this, std::string(name));
}

Connection::CopyIn Connection::copy_in(const Statement& statement) {
  return copy_in(std::string(statement.text), statement.name);
}

Connection::CopyIn::CopyIn(CopyIn&& other) noexcept
    : connection_(std::exchange(other.connection_, nullptr)), name_(std::move(other.name_)) {}

Connection::CopyIn::~CopyIn() {
  if (connection_ == nullptr) return;
  PGconn* conn = connection_->state_->conn;
  PQputCopyEnd(conn, "given up");
  while (PGresult* result = PQgetResult(conn))
    PQclear(result);
}

void Connection::CopyIn::write(std::string_view bytes) {
  PGconn* conn = connection_->state_->conn;
  if (PQputCopyData(conn, bytes.data(), static_cast<int>(bytes.size())) == 1) return;
  finish();  // gives the server's reason as an exception
  throw SqlFailure({"08006", name_, "the copy broke off"});
}

std::int64_t Connection::CopyIn::finish() {
  Connection* connection = std::exchange(connection_, nullptr);
  PGconn* conn = connection->state_->conn;
  PQputCopyEnd(conn, nullptr);
  PGresult* result = PQgetResult(conn);
  if (PQresultStatus(result) != PGRES_COMMAND_OK) {
    // check() throws and clears; drain what may follow first so that the connection stays usable.
    while (PGresult* rest = PQgetResult(conn))
      PQclear(rest);
    connection->check(result, name_);
  }
  const std::int64_t rows = Rows(result).affected();
  while (PGresult* rest = PQgetResult(conn))
    PQclear(rest);
  return rows;
}

void Connection::copy_out(const std::string& sql, std::string_view name,
                          const std::function<void(std::string_view)>& piece) {
  note_run(name);
  PGconn* conn = state_->conn;
  PGresult* result = PQexec(conn, sql.c_str());
  check(result, name);
  PQclear(result);
  char* buffer = nullptr;
  for (int length = PQgetCopyData(conn, &buffer, 0); length > 0;
       length = PQgetCopyData(conn, &buffer, 0)) {
    const std::unique_ptr<char, decltype(&PQfreemem)> owner(buffer, &PQfreemem);
    try {
      piece({buffer, static_cast<std::size_t>(length)});
    } catch (...) {
      cancel();
      char* rest = nullptr;
      while (PQgetCopyData(conn, &rest, 0) > 0)
        PQfreemem(rest);
      while (PGresult* left = PQgetResult(conn))
        PQclear(left);
      throw;
    }
  }
  PGresult* end = PQgetResult(conn);
  if (PQresultStatus(end) != PGRES_COMMAND_OK) {
    while (PGresult* rest = PQgetResult(conn))
      PQclear(rest);
    check(end, name);
  }
  PQclear(end);
  while (PGresult* rest = PQgetResult(conn))
    PQclear(rest);
}

void Connection::copy_out(const Statement& statement,
                          const std::function<void(std::string_view)>& piece) {
  note_run(statement.name);
  copy_out(std::string(statement.text), statement.name, piece);
}

bool Connection::wait_for_notification(std::chrono::milliseconds wait) {
  PGconn* conn = state_->conn;
  const auto take = [&] {
    bool any = false;
    while (PGnotify* notification = PQnotifies(conn)) {
      any = true;
      PQfreemem(notification);
    }
    return any;
  };
  if (take()) return true;
  pollfd socket{PQsocket(conn), POLLIN, 0};
  if (poll(&socket, 1, static_cast<int>(wait.count())) <= 0) return false;
  if (PQconsumeInput(conn) != 1) {
    throw SqlFailure({"08006", "wait_for_notification", first_line(PQerrorMessage(conn))});
  }
  return take();
}

void Connection::cancel() {
  std::array<char, 256> error{};
  PQcancel(state_->cancel, error.data(), static_cast<int>(error.size()));
}

bool Connection::in_transaction() const {
  return PQtransactionStatus(state_->conn) != PQTRANS_IDLE;
}
bool Connection::is_broken() const { return PQstatus(state_->conn) != CONNECTION_OK; }
int Connection::server_version() const { return PQserverVersion(state_->conn); }

std::string Connection::quoted(std::string_view identifier) const {
  const std::unique_ptr<char, decltype(&PQfreemem)> text(
      PQescapeIdentifier(state_->conn, identifier.data(), identifier.size()), &PQfreemem);
  return text.get();
}

const std::string& Connection::schema() const { return state_->schema; }

Transaction::Transaction(Connection& connection, Deadline deadline, Isolation isolation,
                         Plans plans)
    : connection_(connection) {
  std::string begin =
      isolation == Isolation::repeatable_read ? "begin isolation level repeatable read" : "begin";
  if (!deadline.is_never()) {
    begin += fmt::format("; set local statement_timeout to {}", deadline.remaining().count());
  }
  if (plans == Plans::once) {
    begin += "; set local plan_cache_mode to force_generic_plan; set local enable_seqscan to off";
  }
  connection_.run_text(begin, "begin");
}

Transaction::~Transaction() {
  if (!open_ || connection_.is_broken()) return;
  try {
    connection_.run_text("rollback", "rollback");
  } catch (const Failure&) {  // NOLINT(bugprone-empty-catch): the server rolls back by itself
  }
}

void Transaction::commit() {
  connection_.run_text("commit", "commit");
  open_ = false;
}

void Transaction::commit_soon() {
  connection_.run_text("set local synchronous_commit to off; commit", "commit_soon");
  open_ = false;
}

}  // namespace hustings::pg
