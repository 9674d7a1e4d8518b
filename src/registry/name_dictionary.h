#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/guarded.h"
#include "pg/connection.h"

/// What a search falls back on when nobody has the name as it was typed.
namespace hustings::registry {

/// Names as the registry has them, nearest first.
struct SimilarNames {
  std::vector<std::string> last;   ///< empty: nobody's name is near
  std::vector<std::string> first;  ///< empty: any
};

/// How far apart a voter's names are from the typed ones: smaller is nearer.
int name_distance(const SimilarNames& names, std::string_view last, std::string_view first);

/// Every last and first name of the registry in memory, 20 bytes each and their letters: all of a
/// state's 740,000 are compared in a few milliseconds. Safe from any thread.
class NameDictionary {
 public:
  static constexpr std::size_t kKeptMax = 24;

  /// Names within one edit (up to four letters), two (up to seven) or three, a swap of neighbours
  /// being one; at most kKeptMax of each. `first` may be empty. Reads what has come into the
  /// database since the last call.
  SimilarNames similar(pg::Connection& connection, std::string_view last, std::string_view first);

 private:
  /// Words of one kind; those of one length and its neighbours are looked at for a typed one.
  class Words {
   public:
    void add(std::string_view word);
    std::vector<std::string> near(std::string_view typed) const;

   private:
    struct Entry {
      std::uint32_t letters = 0;  ///< which of the letters occur: a bound on the distance
      std::uint32_t begin = 0;
      std::uint32_t number = 0;  ///< in the order of arrival
    };
    static constexpr std::size_t kLengthMax = 64;
    struct OneLength {
      std::vector<Entry> entries;
      std::string text;
    };
    std::vector<OneLength> lengths_ = std::vector<OneLength>(kLengthMax + 1);
    std::uint32_t count_ = 0;
  };
  struct State {
    Words last;
    Words first;
    std::int64_t newest = 0;
  };
  Guarded<State> state_;
};

/// Takes in the names and ZIP codes that imports have brought. About a second for two million
/// voters; search finds new names by typos only after it.
void refresh_search_words(pg::Connection& connection);

}  // namespace hustings::registry
