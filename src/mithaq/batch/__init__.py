"""Many reports → a folder of Parquet files, shard by shard; stopped at any moment, it goes on where it was.

run.py       all of it together: inputs, folder, engine → totals
shards.py    a shard is a slice of the input; its kinds
cutting.py   inputs → shards, in order and with bounded memory, the same each time
work.py      a shard → its files; runs in the workers of every engine
writing.py   the files of one shard, there whole or not at all
journal.py   which report a worker was at when it died
tables.py    the tables and their columns; rows.py: a record ⇄ rows
manifest.py  what a folder was made of, and how far it is
local.py     the engine of this machine; spark.py: the engine of a cluster
loading.py   a folder → reports with their records
"""
