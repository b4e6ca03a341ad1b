-- SPDX-License-Identifier: AGPL-3.0-or-later
-- wrk: a random tile each time, the same ones in every run. LIST names a file with lines "PATH LENGTH"; PREFIX
-- stands before each path.
local paths = {}
for line in io.lines(os.getenv("LIST")) do
  paths[#paths + 1] = os.getenv("PREFIX") .. line:match("^(%S+)")
end
math.randomseed(7)
request = function()
  return wrk.format("GET", paths[math.random(#paths)])
end
