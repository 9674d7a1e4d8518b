#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "pg/statement.h"
#include "pg/value.h"

struct pg_conn;
struct pg_result;

namespace hustings::pg {

/// The database is gone, or refused a statement that we believed right. Names the SQLSTATE and the
/// statement, never its parameters or the row it was about.
class SqlFailure : public Failure {
 public:
  struct What {
    std::string sqlstate;   ///< five characters; "08006" when the connection is lost
    std::string statement;  ///< its name
    std::string message;    ///< PostgreSQL's primary message, one line
  };
  explicit SqlFailure(What what);
  const std::string& sqlstate() const { return what_.sqlstate; }
  const std::string& statement() const { return what_.statement; }
  const std::string& message() const { return what_.message; }
  /// The connection is lost or the server is starting or stopping: the same call may work later.
  bool is_connection_lost() const;
  /// statement_timeout or a cancel ended it (57014).
  bool is_cancelled() const { return what_.sqlstate == "57014"; }

 private:
  What what_;
};

/// One row of Rows; valid as long as they are.
class Row {
 public:
  Row(const pg_result* result, int row) : result_(result), row_(row) {}

  bool is_null(int column) const;
  std::string_view text(int column) const;  ///< as PostgreSQL wrote it; "" for null
  /// The field as a T. A null needs std::optional<…>; anything else is a mistake in the statement
  /// and throws Failure.
  template <class T>
  T get(int column) const {
    if constexpr (detail::IsOptional<T>::value) {
      if (is_null(column)) return std::nullopt;
      return get<typename detail::IsOptional<T>::Inner>(column);
    } else {
      T out{};
      if (is_null(column) || !detail::read(text(column), out)) detail::unreadable(column);
      return out;
    }
  }

 private:
  const pg_result* result_;
  int row_;
};

/// The answer to a statement. Movable; owns the rows.
class Rows {
 public:
  explicit Rows(pg_result* result);
  ~Rows();
  Rows(Rows&& other) noexcept;
  Rows& operator=(Rows&& other) noexcept;

  int size() const;
  bool empty() const { return size() == 0; }
  Row operator[](int row) const [[clang::lifetimebound]] { return Row(result_, row); }
  /// The one row that there must be.
  Row only() const [[clang::lifetimebound]];
  /// How many rows an INSERT, UPDATE, DELETE or COPY touched.
  std::int64_t affected() const;

  class Iterator {
   public:
    Iterator(const pg_result* result, int row) : result_(result), row_(row) {}
    Row operator*() const { return Row(result_, row_); }
    Iterator& operator++() {
      ++row_;
      return *this;
    }
    friend bool operator==(const Iterator&, const Iterator&) = default;

   private:
    const pg_result* result_;
    int row_;
  };
  Iterator begin() const { return Iterator(result_, 0); }
  Iterator end() const { return Iterator(result_, size()); }

 private:
  pg_result* result_;
};

/// Where and as whom to connect.
struct ConnectOptions {
  std::string url;                  ///< as libpq reads it: a URL or "key=value …"
  std::string schema = "hustings";  ///< first in search_path; tests have one each
  std::string application = "hustings";
};

/// One connection. For one thread at a time. Every call may throw SqlFailure.
class Connection {
 public:
  explicit Connection(const ConnectOptions& options);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Runs one named statement, prepared at its first use on this connection.
  template <class... Args>
  Rows run(const Statement& statement, const Args&... args) {
    return run_with(statement, Parameters(args...));
  }
  Rows run_with(const Statement& statement, const Parameters& parameters);

  /// Runs a text without parameters, several statements if need be: migrations, BEGIN, statements
  /// over names that are only known at run time. `name` stands for it in errors.
  Rows run_text(const std::string& sql, std::string_view name);

  /// Sends several statements in one round trip; one answer each. All are run, or an error is
  /// thrown and the transaction they stand in is broken. Used for a commit with its feed entries.
  struct Call {
    const Statement* statement;
    Parameters parameters;
  };
  std::vector<Rows> run_pipeline(std::span<const Call> calls);

  /// Sends `copy … from stdin`; then write() any number of times, then finish().
  class CopyIn {
   public:
    ~CopyIn();
    CopyIn(CopyIn&& other) noexcept;
    void write(std::string_view bytes);
    /// Ends it; how many rows were taken.
    std::int64_t finish();

   private:
    friend class Connection;
    CopyIn(Connection& connection, std::string name)
        : connection_(&connection), name_(std::move(name)) {}
    Connection* connection_;
    std::string name_;
  };
  CopyIn copy_in(const std::string& sql, std::string_view name);
  CopyIn copy_in(const Statement& statement);

  /// Runs `copy … to stdout` and hands over each piece (for text format: one row with its "\n").
  void copy_out(const std::string& sql, std::string_view name,
                const std::function<void(std::string_view)>& piece);
  void copy_out(const Statement& statement, const std::function<void(std::string_view)>& piece);

  /// Waits until a NOTIFY arrives on a channel that was LISTENed to, or the time is over.
  bool wait_for_notification(std::chrono::milliseconds wait);
  /// Asks the server to stop what runs on this connection; may be called from another thread.
  void cancel();

  bool in_transaction() const;
  bool is_broken() const;
  int server_version() const;  ///< e.g. 150020
  std::string quoted(std::string_view identifier) const;
  const std::string& schema() const;  ///< ConnectOptions::schema

 private:
  friend class CopyIn;
  struct State;
  void check(pg_result* result, std::string_view name);
  /// Prepares it at its first use on this connection.
  void prepare(const Statement& statement);
  std::unique_ptr<State> state_;
};

/// A transaction: begun by the constructor, rolled back by the destructor unless committed.
/// With a deadline, PostgreSQL itself ends a statement that runs beyond it.
class Transaction {
 public:
  enum class Isolation : std::uint8_t { read_committed, repeatable_read };
  /// When statements are planned. By default the server weighs it, and plans those with arrays anew
  /// each time, which for a few rows costs more than to run them. `once`: at their first use on a
  /// connection, for any values; for statements over few rows, of which thousands run a second.
  enum class Plans : std::uint8_t { as_the_server_likes, once };
  explicit Transaction(Connection& connection, Deadline deadline = Deadline::never(),
                       Isolation isolation = Isolation::read_committed,
                       Plans plans = Plans::as_the_server_likes);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  template <class... Args>
  Rows run(const Statement& statement, const Args&... args) {
    return connection_.run(statement, args...);
  }
  Connection& connection() { return connection_; }
  /// Durable when it returns. A transaction that wrote and that a reader must see commits with
  /// feed::commit() instead.
  void commit();
  /// Returns before it is durable: half a second's may be lost when the server falls. Only for what
  /// nobody was promised, such as a sign of life.
  void commit_soon();
  /// For feed::commit(), which sends COMMIT itself.
  void mark_committed() { open_ = false; }

 private:
  Connection& connection_;
  bool open_ = true;
};

}  // namespace hustings::pg
