#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "api/context.h"
#include "api/spec.h"
#include "net/message.h"

namespace hustings::api {

/// A request and who asks, for handlers of many.
struct Asked {
  Context* context = nullptr;
  const net::Request* request = nullptr;
};

/// One endpoint without its C++ types: what serving, the OpenAPI document and the TypeScript types
/// are made from.
struct Endpoint {
  Spec spec;
  const Type* input = nullptr;
  const Type* output = nullptr;  ///< null: the handler answers with a net::Response of its own
  /// Reads the Input from the request, calls the handler, writes the Output. Does not check who
  /// calls: serve() did. May throw Failure.
  std::function<Result<net::Response>(Context&, const net::Request&)> run;
  /// Null, or the same for requests that came together: one answer each, in their order.
  std::function<std::vector<Result<net::Response>>(std::span<Asked>)> run_many;
  /// Uploads only, and may be null: asked before the file is read, once it is known who calls.
  Status (*admit)(Context&) = nullptr;
};

/// Where each field of the Input comes from.
struct FieldsByPlace {
  std::vector<const Field*> path;
  std::vector<const Field*> query;
  std::vector<const Field*> body;
};
FieldsByPlace by_place(const Endpoint& endpoint);

/// Fills `input` from the request's path, query and body as `endpoint` describes.
Status read_input(const Endpoint& endpoint, const net::Request& request, void* input);

/// The list of all endpoints. A resource adds its own in add_<resource>(Registrar&).
class Registrar {
 public:
  /// H has Input, Output (described, or net::Response for an answer that is not JSON),
  /// static Spec spec(), static Result<Output> call(Context&, const Input&); an upload may have
  /// static Status admit(Context&). In place of call(), for requests that had better share a
  /// transaction: static std::vector<Result<Output>> call_many(std::span<Context* const>,
  /// std::span<const Input>).
  template <class H>
  void add() {
    Endpoint endpoint;
    endpoint.spec = H::spec();
    endpoint.input = &type_of<typename H::Input>();
    if constexpr (requires(Context& context) { H::admit(context); }) endpoint.admit = &H::admit;
    constexpr bool kRaw = std::is_same_v<typename H::Output, net::Response>;
    if constexpr (!kRaw) endpoint.output = &type_of<typename H::Output>();
    if constexpr (kIsOfMany<H>) {
      add(std::move(endpoint), &run_one_of_many<H>, &run_many<H>);
    } else {
      add(std::move(endpoint), &run<H, kRaw>, nullptr);
    }
  }

  const std::vector<Endpoint>& endpoints() const { return endpoints_; }

 private:
  using Run = Result<net::Response> (*)(const Endpoint&, Context&, const net::Request&);
  using RunMany = std::vector<Result<net::Response>> (*)(const Endpoint&, std::span<Asked>);
  void add(Endpoint endpoint, Run run, RunMany run_many);

  template <class H>
  static constexpr bool kIsOfMany =
      requires(std::span<Context* const> contexts, std::span<const typename H::Input> inputs) {
        H::call_many(contexts, inputs);
      };

  template <class Output>
  static net::Response written(const Endpoint& self, const Output& output) {
    net::Response response;
    response.status = self.spec.status;
    append_json(response.body, *self.output, &output);
    return response;
  }

  template <class H, bool IsRaw>
  static Result<net::Response> run(const Endpoint& self, Context& context,
                                   const net::Request& request) {
    typename H::Input input{};
    TRY(read_input(self, request, &input));
    auto output = TRY(H::call(context, input));
    if constexpr (IsRaw) {
      return output;
    } else {
      return written(self, output);
    }
  }

  template <class H>
  static std::vector<Result<net::Response>> run_many(const Endpoint& self, std::span<Asked> asked) {
    std::vector<std::optional<Error>> refused(asked.size());
    std::vector<Context*> contexts;
    std::vector<typename H::Input> inputs;
    for (std::size_t i = 0; i < asked.size(); ++i) {
      typename H::Input input{};
      if (const Status read = read_input(self, *asked[i].request, &input); !read) {
        refused[i] = read.error();
      } else {
        contexts.push_back(asked[i].context);
        inputs.push_back(std::move(input));
      }
    }
    std::vector<Result<typename H::Output>> outputs;
    if (!inputs.empty()) outputs = H::call_many(contexts, inputs);
    std::vector<Result<net::Response>> all;
    auto next = outputs.begin();
    for (auto& error : refused) {
      if (error) {
        all.emplace_back(std::unexpected(*std::move(error)));
      } else if (*next) {
        all.emplace_back(written(self, **next++));
      } else {
        all.emplace_back(std::unexpected(std::move(*next++).error()));
      }
    }
    return all;
  }

  template <class H>
  static Result<net::Response> run_one_of_many(const Endpoint& self, Context& context,
                                               const net::Request& request) {
    Asked asked{&context, &request};
    return std::move(run_many<H>(self, {&asked, 1}).front());
  }

  std::vector<Endpoint> endpoints_;
};

}  // namespace hustings::api
