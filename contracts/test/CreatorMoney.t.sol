// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Ownable} from "solady/auth/Ownable.sol";
import {ERC20} from "solady/tokens/ERC20.sol";
import {CreatorCollection} from "../src/CreatorCollection.sol";
import {CollectionTerms} from "../src/Types.sol";
import {WorkCollection} from "../src/WorkCollection.sol";
import {Vm} from "./Base.sol";
import {Fixture, Work} from "./Fixture.sol";

contract Coin is ERC20 {
    constructor(address to, uint256 amount) {
        _mint(to, amount);
    }

    function name() public pure override returns (string memory) {
        return "Coin";
    }

    function symbol() public pure override returns (string memory) {
        return "COIN";
    }
}

contract Refuses {
    receive() external payable {
        revert("not here");
    }
}

/// Where mint prices and royalties may go.
contract CreatorMoneyTest is Fixture {
    address private payout = vm.addr(0x9A1D);

    function testFuzzAnyoneSendsTheMoneyToAFixedPayout(address who, uint96 amount) public {
        _paidTo(payout);
        vm.deal(address(collection), amount);
        vm.recordLogs();
        vm.prank(who);
        collection.withdraw(payout);
        vm.assertEq(payout.balance, amount);
        vm.assertEq(address(collection).balance, 0);
        _assertWithdrawn(address(0), payout, amount);
    }

    function testFuzzAFixedPayoutIsTheOnlyWayOut(bool byCreator, address who, address to, uint96 amount) public {
        vm.assume(to != payout);
        if (byCreator) who = creator;
        _paidTo(payout);
        vm.deal(address(collection), amount);
        Coin coin = new Coin(address(collection), amount);
        bytes memory why = abi.encodeWithSelector(CreatorCollection.OnlyToPayout.selector, payout);
        vm.prank(who);
        vm.expectRevert(why);
        collection.withdraw(to);
        vm.prank(who);
        vm.expectRevert(why);
        collection.withdrawToken(address(coin), to);
        vm.assertEq(address(collection).balance, amount);
        vm.assertEq(coin.balanceOf(address(collection)), amount);
    }

    function testFuzzAnyoneSendsATokenToAFixedPayout(address who, uint256 amount) public {
        _paidTo(payout);
        Coin coin = new Coin(address(collection), amount);
        vm.recordLogs();
        vm.prank(who);
        collection.withdrawToken(address(coin), payout);
        vm.assertEq(coin.balanceOf(payout), amount);
        vm.assertEq(coin.balanceOf(address(collection)), 0);
        _assertWithdrawn(address(coin), payout, amount);
    }

    function testFuzzWithoutAPayoutOnlyTheCreatorDecides(address who, uint96 amount) public {
        vm.assume(who != creator);
        vm.deal(address(collection), amount);
        Coin coin = new Coin(address(collection), amount);
        vm.prank(who);
        vm.expectRevert(Ownable.Unauthorized.selector);
        collection.withdraw(who);
        vm.prank(who);
        vm.expectRevert(Ownable.Unauthorized.selector);
        collection.withdrawToken(address(coin), who);
        vm.prank(creator);
        collection.withdraw(payout);
        vm.prank(creator);
        collection.withdrawToken(address(coin), payout);
        vm.assertEq(payout.balance, amount);
        vm.assertEq(coin.balanceOf(payout), amount);
    }

    function testThePayoutStaysWhenTheCollectionChangesHands() public {
        _paidTo(payout);
        _handOver(collection, vm.addr(9));
        vm.prank(vm.addr(9));
        vm.expectRevert(abi.encodeWithSelector(CreatorCollection.OnlyToPayout.selector, payout));
        collection.withdraw(vm.addr(9));
        vm.assertEq(collection.payout(), payout);
    }

    function testFuzzAPayoutThatRefusesMoneyBlocksNoMint(uint96 price) public {
        _paidTo(address(new Refuses()));
        Work memory request = _work(1);
        request.price = price;
        _sign(request);
        vm.deal(address(this), price);
        uint256 id = collection.mint{value: price}(_packed(request));
        vm.assertEq(collection.ownerOf(id), collector);
        address refuses = collection.payout();
        vm.expectRevert();
        collection.withdraw(refuses);
        vm.assertEq(address(collection).balance, price);
    }

    function testATokenThatIsNoneIsRefused() public {
        _paidTo(payout);
        vm.expectRevert();
        collection.withdrawToken(vm.addr(7), payout);
    }

    function testNamesAreNeitherEmptyNorLongNorUnsafe() public {
        CollectionTerms memory terms = _terms();
        terms.name = "";
        _refused(terms, CreatorCollection.BadName.selector);
        terms.name = "01234567890123456789012345678901234567890123456789012345678901234";
        _refused(terms, CreatorCollection.BadName.selector);
        terms.name = 'a " quote';
        _refused(terms, CreatorCollection.BadName.selector);
        terms = _terms();
        terms.symbol = "";
        _refused(terms, CreatorCollection.BadName.selector);
    }

    function _refused(CollectionTerms memory terms, bytes4 why) private {
        vm.prank(creator);
        vm.expectRevert(why);
        factory.createCollection("refused", BASE_URL, terms, _version());
    }

    function _paidTo(address to) private {
        CollectionTerms memory terms = _terms();
        terms.payout = to;
        vm.prank(creator);
        collection = WorkCollection(factory.createCollection("paid", BASE_URL, terms, _version()));
    }

    function _assertWithdrawn(address token, address to, uint256 amount) private {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        Vm.Log memory last = logs[logs.length - 1];
        vm.assertEq(last.topics[0], keccak256("Withdrawn(address,address,uint256)"));
        vm.assertEq(last.topics[1], bytes32(uint256(uint160(token))));
        vm.assertEq(last.topics[2], bytes32(uint256(uint160(to))));
        vm.assertEq(abi.decode(last.data, (uint256)), amount);
    }
}
