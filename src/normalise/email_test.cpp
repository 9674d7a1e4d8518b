#include "normalise/email.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace hustings::normalise {
namespace {

std::string address(std::string_view text) {
  std::string out = "left over";
  const EmailFault fault = normalise_email_to(text, out);
  EXPECT_EQ(out.empty(), fault != EmailFault::none) << text;
  return out;
}
EmailFault fault(std::string_view text) {
  std::string out;
  return normalise_email_to(text, out);
}

TEST(Email, IsKeptInOneWriting) {
  for (const char* text :
       {"ann.lee+vote@Mail.Org", "  Ann.Lee+Vote@mail.org ", "mailto:ann.lee+vote@mail.org",
        "MAILTO:ann.lee+vote@mail.org?subject=x", "Ann Lee <ann.lee+vote@mail.org>",
        "<ann.lee+vote@mail.org>", "ann.lee+vote@mail.org;", "ann.lee+vote@mail.org."}) {
    EXPECT_EQ(address(text), "ann.lee+vote@mail.org") << text;
  }
  EXPECT_EQ(address("jörg@Müller.de"), "jörg@müller.de");
  EXPECT_EQ(address("o'neal@sub.mail.co.uk"), "o'neal@sub.mail.co.uk");
  EXPECT_EQ(address("a@xn--mller-kva.de"), "a@xn--mller-kva.de");
}

TEST(Email, DotsAndPlusAreNeverRemoved) {
  EXPECT_NE(address("ann.lee@gmail.com"), address("annlee@gmail.com"));
  EXPECT_NE(address("ann+a@gmail.com"), address("ann@gmail.com"));
}

TEST(Email, WhatCannotBeDelivered) {
  for (const char* text : {"", "   ", "-", "..", "/"})
    EXPECT_EQ(fault(text), EmailFault::empty) << text;
  EXPECT_EQ(fault("ann.lee"), EmailFault::no_at);
  EXPECT_EQ(fault("ann@lee@mail.org"), EmailFault::several_at);
  EXPECT_EQ(fault("ann lee@mail.org"), EmailFault::blank_inside);
  EXPECT_EQ(fault("ann@mail.org bob@mail.org"), EmailFault::several_at);
  for (const char* text : {"@mail.org", ".ann@mail.org", "ann.@mail.org", "ann..lee@mail.org",
                           "ann(x)@mail.org", "ann\"x@mail.org", "ann\xFF@mail.org"}) {
    EXPECT_EQ(fault(text), EmailFault::bad_local) << text;
  }
  EXPECT_EQ(fault(std::string(65, 'a') + "@mail.org"), EmailFault::bad_local);
  for (const char* text :
       {"ann@mail", "ann@.org", "ann@mail..org", "ann@-mail.org", "ann@mail_x.org", "ann@127.0.0.1",
        "ann@mail.o", "ann@", "ann@mail-.org"}) {
    EXPECT_EQ(fault(text), EmailFault::bad_domain) << text;
  }
  EXPECT_EQ(fault("a@" + std::string(64, 'b') + ".org"), EmailFault::bad_domain);
}

TEST(Email, PlaceholdersOfFiles) {
  for (const char* text : {"none@none.com", "na@na.na", "noemail@gmail.com", "NoEmail@mail.org",
                           "no-email@mail.org", "test@example.com", "x@x.com", "none@mail.org",
                           "ann@mail.invalid", "unknown@aol.com", "a@a.com"}) {
    EXPECT_EQ(fault(text), EmailFault::placeholder) << text;
  }
  for (const char* text :
       {"nora@mail.org", "nan@mail.org", "anna@na-group.com", "nothing2@mail.org"}) {
    EXPECT_EQ(fault(text), EmailFault::none) << text;
  }
}

TEST(Email, FaultsHaveNames) {
  EXPECT_EQ(to_string(EmailFault::none), "none");
  EXPECT_EQ(to_string(EmailFault::blank_inside), "blank_inside");
  EXPECT_EQ(to_string(EmailFault::placeholder), "placeholder");
}

RC_GTEST_PROP(Email, IsIdempotentOnAnyBytes, ()) {
  const auto piece =
      rc::gen::oneOf(rc::gen::string<std::string>(),
                     rc::gen::element<std::string>("ann", "@", ".", "mail", "org", "<", ">",
                                                   "mailto:", " ", "+", "ü", "A"));
  std::string text;
  for (const std::string& one : *rc::gen::container<std::vector<std::string>>(piece))
    text += one;
  std::string once;
  if (normalise_email_to(text, once) != EmailFault::none) return;
  std::string twice;
  RC_ASSERT(normalise_email_to(once, twice) == EmailFault::none);
  RC_ASSERT(twice == once);
}

}  // namespace
}  // namespace hustings::normalise
