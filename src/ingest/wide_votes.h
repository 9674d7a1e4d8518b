#pragma once

#include <cstdint>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/elections.h"
#include "ingest/row_reader.h"
#include "model/ids.h"
#include "pg/connection.h"
#include "registry/copy_buffer.h"
#include "registry/home_set.h"

namespace hustings::ingest {

/// The votes that stand in the voters' own rows, until their voters have numbers. They wait
/// compressed in a nameless file, so that memory does not grow with them.
class WideVotes {
 public:
  /// Votes of one chunk's rows, in the rows' order.
  class Batch {
   public:
    bool empty() const { return bytes_.empty(); }

   private:
    friend class WideVotes;
    std::string bytes_;
  };
  /// Whose a row is, as far as it is known while the file is read.
  struct Whose {
    enum class Kind : std::uint8_t { not_taken, known, added };
    Kind kind = Kind::not_taken;
    std::int64_t home = 0;   ///< known: the identity's home; added: how many came before it
    std::int64_t voter = 0;  ///< known: the person
  };

  WideVotes();

  /// While a chunk is parsed: the votes of its row number `row`, from 0. Any thread.
  void note(Batch& batch, std::uint32_t row, std::int64_t line, const ColumnMap& map,
            const std::vector<WideVote>& votes);
  /// Puts a chunk's votes away; `whose` is asked for each row that has some. Any thread.
  void keep(const Batch& batch, const std::function<Whose(std::uint32_t)>& whose);
  /// How the votes leave the file.
  struct Way {
    std::function<std::int64_t(std::int64_t)> id_of;  ///< of an added voter, by place
    /// Rows for a table of the import's own, which nobody else has votes in; null: there is none,
    /// and the votes of added voters are staged with the others.
    std::function<void(registry::CopyBuffer)> write_added;
  };
  /// What the votes belong to.
  struct About {
    ImportId import;
    std::string_view state;
    std::string_view source;
  };
  /// Stages the votes on the connection that publishes, or writes them where `way` says. Elections
  /// get their ids; nothing is visible yet.
  void stage(pg::Connection& publisher, const About& about, const Way& way);
  /// Makes them visible with the transaction. Returns how many were new.
  std::int64_t publish(pg::Transaction& transaction, const About& about);

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  struct Rows {
    registry::CopyBuffer staged;
    registry::CopyBuffer added;
  };
  void stage_piece(std::string_view piece, const About& about, const Way& way, Rows& out);
  void append_added(std::string_view& from, std::uint16_t count, VoterId voter, const About& about,
                    std::string_view county, registry::CopyBuffer& out);
  bool are_ids_unique() const;

  Elections elections_;
  std::mutex mutex_;
  std::unique_ptr<std::FILE, Close> file_;
  std::int64_t kept_ = 0;
  std::map<std::int32_t, registry::HomeSet> homes_;  // by election
  std::vector<std::int64_t> ids_;                    // of the elections, by their numbers
  bool is_staged_any_ = false;
  std::int64_t added_ = 0;  // votes that did not have to be compared
};

}  // namespace hustings::ingest
