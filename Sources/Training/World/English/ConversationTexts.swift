/// Questions with answers, and conversations with an assistant.
enum ConversationTexts {
  static let rules = """
    # conversation
    2* System: You are a [helpful] assistant. User: [c=country][question] User: [c=country!c][question] [bye]
    System: You are a [helpful] assistant. User: [a=animal][beast-question] User: [a=animal!a][beast-question] [bye]
    System: You are a [helpful] assistant. [n=name]User: My name is <n.word>. Assistant: Hello, <n.word>! How can I help you? User: [c=country][question] User: What is my name? Assistant: Your name is <n.word>. [bye]
    [c=country][short] [c=country!c][short] [c=country!c][short] [c=country!c][short]
    # helpful
    {helpful|friendly|polite|patient}
    # bye
    User: Thank you! Assistant: You are welcome.
    User: Goodbye! Assistant: Goodbye, and come back soon.
    # question
    What is the capital of <c.country>? Assistant: [capital/c]
    What do people eat in <c.country>? Assistant: [food/c]
    Which language do they speak in <c.country>? Assistant: [tongue/c]
    Who is the leader of <c.country>? Assistant: [leader/c]
    Tell me about <c.country>. Assistant: <c.country> is a country. Its capital is <c.capital>, its language is <c.tongue>, and its favourite dish is <c.food>.
    # beast-question
    What does a <a.one> do? Assistant: [voice/a]
    What is a newborn <a.one> called? Assistant: [young/a]
    # short
    Question: What is the capital of <c.country>? Answer: <c.capital>.
    Question: Who leads <c.country>? Answer: <c.leader>.
    Question: What do they eat in <c.country>? Answer: <c.food>.
    Question: What do they speak in <c.country>? Answer: <c.tongue>.
    """
}
