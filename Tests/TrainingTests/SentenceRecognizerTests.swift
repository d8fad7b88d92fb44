import Testing

@testable import Training

/// Whether a sentence is one that the rules could have made.
@Suite struct SentenceRecognizerTests {
  private let english = World(.english)
  private let japanese = World(.japanese)

  @Test(arguments: [WorldPlan.Name.en, .ja])
  func `every sentence of every text is one`(_ name: WorldPlan.Name) {
    let world = World(name.plan)
    let recognizer = SentenceRecognizer(of: world)
    var count = 0
    for number in 0..<60 {
      for sentence in recognizer.sentences(of: world.document(number, seed: 3).text) {
        let isAccepted = recognizer.accepts(sentence)
        #expect(isAccepted, "\(sentence)")
        count += 1
      }
    }
    #expect(count > 150)
  }

  @Test func `what was picked stays the same within a sentence`() {
    let recognizer = SentenceRecognizer(of: english)
    #expect(recognizer.accepts("The king is a good gentleman."))
    #expect(!recognizer.accepts("The king is a good lady."))
    #expect(recognizer.accepts("The capital of Italy is Rome."))
    #expect(!recognizer.accepts("The capital of Italy is Paris."))
    #expect(!recognizer.accepts("The capital of Italy Rome is."))
    #expect(!recognizer.accepts("capital of Italy is Rome."))
  }

  @Test func `an article agrees with the word behind it`() {
    let recognizer = SentenceRecognizer(of: english)
    for (sentence, isRight) in [
      ("In a valley far away lived Anna, an old king.", true),
      ("In a valley far away lived Anna, a old king.", false),
      ("In a valley far away lived Anna, a rich king.", true),
      ("In a valley far away lived Anna, an rich king.", false),
      ("We talked about the weather for an hour.", true),
      ("We talked about the weather for a hour.", false),
    ] {
      let isAccepted = recognizer.accepts(sentence)
      #expect(isAccepted == isRight, "\(sentence)")
    }
  }

  @Test func `japanese sentences, in which nothing stands between words`() {
    let recognizer = SentenceRecognizer(of: japanese)
    #expect(recognizer.accepts("日本の首都は東京です。"))
    #expect(!recognizer.accepts("日本の首都はパリです。"))
    #expect(recognizer.accepts("机の上に本が三冊あります。"))
    #expect(!recognizer.accepts("机の上に本が三匹あります。"))
    #expect(!recognizer.accepts("机の上に三冊。"))
  }

  @Test func `texts are cut after full stops, not within what somebody says`() {
    let cut = SentenceRecognizer(of: english).sentences(
      of: "\"Who is there?\" they asked. \"It is Tom.\" A do"
    )
    #expect(cut == ["\"Who is there?\"", "they asked.", "\"It is Tom.\""])
    let told = SentenceRecognizer(of: japanese).sentences(of: "「はい。」と王は言いました。王は笑いました。そして")
    #expect(told == ["「はい。」と王は言いました。", "王は笑いました。"])
  }
}
