#include "normalise/email.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace hustings::normalise {
namespace {

constexpr std::size_t kLocalMax = 64;    // RFC 5321, 4.5.3.1.1
constexpr std::size_t kDomainMax = 253;  // as text: 255 bytes on the wire, RFC 1035
constexpr std::size_t kLabelMax = 63;

constexpr bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
constexpr bool is_alnum(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

/// What RFC 5322 allows in an atom; other letters than ASCII by RFC 6531.
constexpr bool may_be_local(char c) {
  constexpr std::string_view kSigns = "!#$%&'*+/=?^_`{|}~-.";
  const char low = lower(c);
  return is_alnum(low) || !is_ascii(c) || kSigns.find(c) != std::string_view::npos;
}

/// Without blanks, "mailto:", a name in front of "<…>", and the signs of lists around it.
std::string_view bare(std::string_view text) {
  text = trim(text);
  const std::size_t open = text.rfind('<');
  if (open != std::string_view::npos && text.ends_with('>')) {
    text = text.substr(open + 1, text.size() - open - 2);
  }
  text = trim(text);
  constexpr std::string_view kScheme = "mailto:";
  if (text.size() > kScheme.size() &&
      std::ranges::equal(text.substr(0, kScheme.size()), kScheme,
                         [](char a, char b) { return lower(a) == b; })) {
    text.remove_prefix(kScheme.size());
    text = text.substr(0, text.find('?'));
  }
  text = trim(text);
  while (!text.empty() && (text.back() == ',' || text.back() == ';' || text.back() == '.'))
    text.remove_suffix(1);
  return trim(text);
}

bool is_local(std::string_view local) {
  if (local.empty() || local.size() > kLocalMax) return false;
  if (local.front() == '.' || local.back() == '.') return false;
  if (local.find("..") != std::string_view::npos) return false;
  return std::ranges::all_of(local, may_be_local);
}

bool is_label(std::string_view label) {
  if (label.empty() || label.size() > kLabelMax) return false;
  if (label.front() == '-' || label.back() == '-') return false;
  return std::ranges::all_of(label, [](char c) { return is_alnum(c) || c == '-' || !is_ascii(c); });
}

/// `domain` is in lower case.
bool is_domain(std::string_view domain) {
  if (domain.size() > kDomainMax) return false;
  const std::size_t last_dot = domain.rfind('.');
  if (last_dot == std::string_view::npos) return false;
  const std::string_view top = domain.substr(last_dot + 1);
  // A top level of digits is an IP address, one of a single letter does not exist.
  if (top.size() < 2 || top.find_first_not_of("0123456789") == std::string_view::npos) return false;
  for (std::string_view rest = domain;;) {
    const std::size_t dot = rest.find('.');
    if (!is_label(rest.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    rest.remove_prefix(dot + 1);
  }
}

constexpr std::array<std::string_view, 17> kNobody = {
    "declined", "donotemail", "dontemail", "fake",  "na",       "nobody",
    "noemail",  "nomail",     "none",      "noone", "notgiven", "nothing",
    "null",     "refused",    "unknown",   "x",     "xxx"};
/// Domains that nobody can have (RFC 2606, RFC 6761) or that stand for "none" in files.
constexpr std::array<std::string_view, 14> kNowhere = {
    "domain.com", "email.none", "example.com", "example.net", "example.org",
    "fake.com",   "na.com",     "na.na",       "no.com",      "noemail.com",
    "nomail.com", "none.com",   "none.none",   "test.com"};
static_assert(std::ranges::is_sorted(kNobody) && std::ranges::is_sorted(kNowhere));

bool is_placeholder(std::string_view local, std::string_view domain) {
  if (std::ranges::binary_search(kNowhere, domain)) return true;
  for (const std::string_view end : {".example", ".invalid", ".local", ".localhost", ".test"}) {
    if (domain.ends_with(end)) return true;
  }
  std::array<char, 12> letters{};
  std::size_t size = 0;
  for (const char c : local) {
    if (c == '-' || c == '_' || c == '.') continue;
    if (size == letters.size()) return false;
    letters[size++] = c;
  }
  const std::string_view plain(letters.data(), size);
  if (std::ranges::binary_search(kNobody, plain)) return true;
  // a@a.aa, none@none.net: one word for everything.
  return domain.substr(0, domain.find('.')) == plain && plain.size() <= 2;
}

EmailFault check(std::string_view text, std::string& out) {
  if (text.empty()) return EmailFault::empty;
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos) {
    return std::ranges::none_of(text, [](char c) { return is_alnum(lower(c)) || !is_ascii(c); })
               ? EmailFault::empty
               : EmailFault::no_at;
  }
  if (text.find('@', at + 1) != std::string_view::npos) return EmailFault::several_at;
  if (std::ranges::any_of(
          text, [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 0x7f; })) {
    return EmailFault::blank_inside;
  }
  out.assign(text);
  std::ranges::transform(out, out.begin(), lower);
  const std::string_view local = std::string_view(out).substr(0, at);
  const std::string_view domain = std::string_view(out).substr(at + 1);
  if (!is_local(local) || !is_utf8(local)) return EmailFault::bad_local;
  if (!is_domain(domain) || !is_utf8(domain)) return EmailFault::bad_domain;
  return is_placeholder(local, domain) ? EmailFault::placeholder : EmailFault::none;
}

}  // namespace

std::string_view to_string(EmailFault fault) {
  constexpr std::array<std::string_view, 8> kNames = {"none",       "empty",        "no_at",
                                                      "several_at", "blank_inside", "bad_local",
                                                      "bad_domain", "placeholder"};
  return kNames[static_cast<std::size_t>(fault)];
}

EmailFault normalise_email_to(std::string_view text, std::string& out) {
  out.clear();
  const EmailFault fault = check(bare(text), out);
  if (fault != EmailFault::none) out.clear();
  return fault;
}

}  // namespace hustings::normalise
