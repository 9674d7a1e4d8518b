#include "access/session_cache.h"

namespace hustings::access {

std::optional<Identity> SessionCache::find(std::string_view token_hash, Instant now) const {
  const auto state = state_.lock();
  const auto found = state->entries.find(token_hash);
  if (found == state->entries.end()) return std::nullopt;
  if (found->second.until <= now || found->second.identity.expires <= now) return std::nullopt;
  return found->second.identity;
}

std::uint64_t SessionCache::generation() const { return state_.lock()->generation; }

void SessionCache::put(std::string_view token_hash, const Identity& identity, Instant now,
                       std::uint64_t generation) {
  const auto state = state_.lock();
  if (state->generation != generation) return;
  if (state->entries.size() >= kSessionsMax) {
    std::erase_if(state->entries, [now](const auto& entry) { return entry.second.until <= now; });
  }
  if (state->entries.size() >= kSessionsMax) state->entries.clear();
  state->entries.insert_or_assign(std::string(token_hash), Entry{identity, now + keep_});
}

void SessionCache::forget(std::string_view token_hash) {
  const auto state = state_.lock();
  ++state->generation;
  const auto found = state->entries.find(token_hash);
  if (found != state->entries.end()) state->entries.erase(found);
}

void SessionCache::forget_person(PersonId person) {
  const auto state = state_.lock();
  ++state->generation;
  std::erase_if(state->entries,
                [person](const auto& entry) { return entry.second.identity.person == person; });
}

std::size_t SessionCache::size() const { return state_.lock()->entries.size(); }

}  // namespace hustings::access
