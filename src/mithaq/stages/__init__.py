"""The stages of the pipeline: plain functions from the document so far to one new layer."""
