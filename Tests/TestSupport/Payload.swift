/// What a case of an enum carries, so that a test can ask for the one type it expects.
package func payload(of value: Any) -> Any? { Mirror(reflecting: value).children.first?.value }
