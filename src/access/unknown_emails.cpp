#include "access/unknown_emails.h"

#include "base/digest.h"

namespace hustings::access {

std::optional<Instant> UnknownEmails::locked_until(std::string_view email, Instant now) const {
  const auto entries = entries_.lock();
  const auto found = entries->find(fingerprint64(email));
  if (found == entries->end()) return std::nullopt;
  const auto until = found->second.locked_until;
  return until && *until > now ? until : std::nullopt;
}

void UnknownEmails::count(std::string_view email, Instant now) {
  const auto entries = entries_.lock();
  if (entries->size() >= kEmailsMax) {
    std::erase_if(*entries, [now](const auto& entry) {
      return !entry.second.locked_until || *entry.second.locked_until <= now;
    });
  }
  if (entries->size() >= kEmailsMax) entries->clear();
  Entry& entry = (*entries)[fingerprint64(email)];
  if (++entry.failures < limits_.failures_max) return;
  entry.failures = 0;
  entry.locked_until = now + limits_.lock_time;
}

}  // namespace hustings::access
