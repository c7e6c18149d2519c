"""The text layer: tokens, clitics, quotations, sentences, numbers and times of Arabic text."""
