"""How it looks: components, forms, paging, dates in words, charts. No models, no rules."""
