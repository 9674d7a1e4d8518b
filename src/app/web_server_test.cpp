#include "app/web_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hustings::app {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::UnorderedElementsAre;

Config listening(std::string address, std::string public_url = "") {
  Config config;
  config.listen_address = std::move(address);
  config.public_url = std::move(public_url);
  return config;
}

TEST(KnownHosts, AreTheAddressAndThisMachine) {
  EXPECT_THAT(known_hosts(listening("10.0.0.5"), 8480),
              UnorderedElementsAre("10.0.0.5:8480", "localhost:8480", "127.0.0.1:8480"));
  EXPECT_THAT(known_hosts(listening("10.0.0.5"), 80), IsSupersetOf({"10.0.0.5", "localhost:80"}));
  EXPECT_THAT(known_hosts(listening("::1"), 8480), Contains("[::1]:8480"));
}

TEST(KnownHosts, HoldThePublicUrlsHost) {
  EXPECT_THAT(known_hosts(listening("0.0.0.0", "https://Calls.example.org/"), 8480),
              IsSupersetOf({"calls.example.org", "calls.example.org:443", "localhost:8480"}));
  EXPECT_THAT(known_hosts(listening("127.0.0.1", "https://calls.example.org:443"), 8480),
              IsSupersetOf({"calls.example.org", "calls.example.org:443"}));
  EXPECT_THAT(known_hosts(listening("127.0.0.1", "http://calls.example.org:8000/a?b"), 8480),
              UnorderedElementsAre("calls.example.org:8000", "127.0.0.1:8480", "127.0.0.1:8480",
                                   "localhost:8480"));
}

TEST(KnownHosts, AreAnyForAServerThatListensOnAllAddresses) {
  EXPECT_THAT(known_hosts(listening("0.0.0.0"), 8480), IsEmpty());
  EXPECT_THAT(known_hosts(listening("::"), 8480), IsEmpty());
}

}  // namespace
}  // namespace hustings::app
