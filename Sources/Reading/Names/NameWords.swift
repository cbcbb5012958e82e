/// The words of the lexicon that names and their scopes ask for.
struct NameWords: Sendable {
    /// 年初预算, 调整预算, 计划.
    let plans: WordSet
    /// 完成率, behind a plan in a name.
    let rates: WordSet
    /// 一般公共预算, 保险基金.
    let accounts: WordSet
    /// Those among them that have the name of a fund in front.
    let funds: WordSet
    /// 市本级, 省级.
    let levels: WordSet
    /// 收入, 支出.
    let sides: WordSet
    /// 结余, 结转.
    let balances: WordSet
    /// 拨付, 筹集: what is done with money.
    let funding: WordSet
    /// 总数, 总量: that all of a kind are counted.
    let totals: WordSet
    /// 财政拨款, 拨款: what an office gets from an account.
    let grants: WordSet

    /// 金额, 全长, 产能: what of a thing is told.
    let relational: WordSet
    /// 新增, 改造.
    let actions: WordSet
    /// 其中, 主要是.
    let listOpeners: WordSet
    /// 还本付息, 本息: whose parts stand in a note.
    let pairs: WordSet
    /// 资金, 收入: nouns that need none of the head of their list.
    let complete: WordSet

    /// 施工面积, 产量: what is measured, at the end of a name.
    let measures: WordSet
    /// 全市, 全年.
    let leads: WordSet

    /// No words.
    init() {
        (plans, rates, accounts, funds) = (.none, .none, .none, .none)
        (levels, sides, balances) = (.none, .none, .none)
        (relational, actions, listOpeners) = (.none, .none, .none)
        (pairs, complete, measures, leads) = (.none, .none, .none, .none)
        (grants, funding, totals) = (.none, .none, .none)
    }

    /// The words of a lexicon.
    init(_ lexicon: Lexicon) {
        plans = lexicon[.plan]
        rates = lexicon[.fulfilment]
        accounts = lexicon[.account]
        funds = lexicon[.fund]
        levels = lexicon[.budgetLevel]
        sides = lexicon[.budgetSide]
        balances = lexicon[.balance]
        relational = lexicon[.relational]
        actions = lexicon[.action]
        listOpeners = lexicon[.listOpener]
        pairs = lexicon[.pairNoun]
        complete = lexicon[.amountNoun]
        measures = lexicon[.measureTail]
        leads = lexicon[.clauseLead]
        grants = lexicon[.grantFromAccount]
        funding = lexicon[.fundVerb]
        totals = lexicon[.countTotal]
    }
}
