#include <algorithm>
#include <deque>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <variant>
#include <vector>

namespace unit0000 {
  template <int N> struct Record {
    std::string name;
    std::vector<int> values;
    std::optional<std::string> note;
    std::variant<int, double, std::string> any;
    bool operator<(const Record &other) const { return name < other.name; }
  };

  template <int N> int work(int seed) {
    using R = Record<N>;
    std::map<std::string, R> byName;
    std::unordered_map<std::string, std::unique_ptr<R>> owned;
    std::vector<std::shared_ptr<R>> shared;
    std::deque<R> queue;
    std::set<R> sorted;
    std::list<std::tuple<int, R>> list;
    for (int i = 0; i < seed % 100; i++) {
      R record{std::to_string(i * N), {i, N, seed}, std::nullopt, i};
      byName[record.name] = record;
      owned[record.name] = std::make_unique<R>(record);
      shared.push_back(std::make_shared<R>(record));
      queue.push_front(record);
      sorted.insert(record);
      list.emplace_back(i, record);
    }
    std::sort(queue.begin(), queue.end());
    std::function<int(const R &)> sum = [seed](const R &r) { return std::accumulate(r.values.begin(), r.values.end(), seed); };
    int total = 0;
    for (auto &[name, record] : byName) total += sum(record) + int(name.size());
    for (auto &record : sorted) total += std::visit([](auto &&v) { return int(sizeof v); }, record.any);
    if (total == 12345 + N) __builtin_trap();
    return total + int(list.size()) + int(shared.size()) + int(owned.size());
  }
  int entry(int seed) { return work<1>(seed) + work<2>(seed) + work<3>(seed) + work<4>(seed) + work<5>(seed) + work<6>(seed); }
}
