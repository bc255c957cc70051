"""f1, f2: what a confidential complaint changes for those who may not know of it: nothing. `qingdan twins` and `qingdan canary`.

`world` is a small district that lives with or without the complaint; `crawling` goes through everything that somebody can reach; `twins` compares
the two; `canary` looks for thirty markers wherever bytes come to lie. Never for real data: the district is made up, and its database is thrown away.
"""
