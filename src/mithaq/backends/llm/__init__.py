"""A large model behind any OpenAI-compatible server, none of whose words is believed.

backend.py    a report → pieces → answers → one record
schema.py     the JSON schema of an answer, made from the model classes
prompt.py     what the model is told (``data/llm``), and its version
client.py     one question → one answer: retries, response formats, time and size limits
failures.py   what a server's errors mean
answers.py    text → JSON value, however it is wrapped
placing.py    the strings of one row → spans of the report
grounding.py  an answer → rows whose every span stands in the text
cache.py      answers on disk
tally.py      calls, tokens, cost, what was dropped; the budget
"""
