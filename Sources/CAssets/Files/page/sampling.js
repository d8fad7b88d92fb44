// sampling
