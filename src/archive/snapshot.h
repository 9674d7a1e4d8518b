#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "archive/catalogue.h"
#include "archive/manifest.h"
#include "base/error.h"
#include "pg/connection.h"

namespace hustings::archive {

/// Several connections that see the database at one moment, with every table locked against
/// dropping, truncating and altering: after a TRUNCATE or ALTER TABLE by others, COPY under an
/// older snapshot gives no rows and no error, so the locks must come before the snapshot.
class Snapshot {
 public:
  struct Options {
    int workers = 2;
    /// Called after the tables were listed and before they are locked.
    std::function<void()> on_listed;
  };
  /// Lists the tables, locks them, freezes the snapshot, lists again; begins anew when the lists
  /// differ. conflict when they still differ after kAttemptsMax; unavailable when a table stays
  /// locked by others.
  static Result<Snapshot> take(const pg::ConnectOptions& database, const Options& options);

  const Catalogue& catalogue() const { return catalogue_; }
  /// Everything but tables' rows and the product's version.
  const Manifest& facts() const { return facts_; }
  int attempts() const { return attempts_; }
  pg::Connection& worker(std::size_t number) { return *workers_[number]->connection; }
  std::size_t workers() const { return workers_.size(); }

  static constexpr int kAttemptsMax = 5;

 private:
  /// A connection inside its transaction.
  struct Reader {
    explicit Reader(const pg::ConnectOptions& database);
    void begin();
    std::unique_ptr<pg::Connection> connection;
    std::unique_ptr<pg::Transaction> transaction;
  };
  enum class Attempt : std::uint8_t { done, again };

  Result<Attempt> attempt(const pg::ConnectOptions& database, const Options& options);
  Attempt add_worker(const pg::ConnectOptions& database, const std::string& snapshot_name);
  void read_facts();

  Catalogue catalogue_;
  Manifest facts_;
  int attempts_ = 0;
  std::unique_ptr<Reader> holder_;
  std::vector<std::unique_ptr<Reader>> workers_;
};

}  // namespace hustings::archive
