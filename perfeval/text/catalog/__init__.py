"""The texts shown to people, in Chinese and English, by subject."""
